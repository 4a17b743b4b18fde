package io.qmptape.analyzer.index;

import io.qmptape.conversation.Pairing;
import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the indexing of one session stands: its counts so far, its clock, and the commands that wait for replies. One thread. */
final class SessionState {
    /** How many waiting commands outlive the process; replies to older ones count as unpaired then. */
    static final int MAX_KEPT = 1000;

    private final int ordinal;
    private final Pairing pairing = new Pairing();
    private final Map<Long, FrameRecorded> waiting = new LinkedHashMap<>();
    private SessionSummary summary;
    private ClockPair clock;

    /** @param ordinal number of the session in this index */
    SessionState(int ordinal, Opened opened, long arrivedAtMillis) {
        this(
                ordinal,
                new SessionSummary(opened, arrivedAtMillis, "", 0, 0, 0, 0, 0, Duration.ZERO, Optional.empty()),
                opened.clock());
    }

    SessionState(int ordinal, SessionSummary summary, ClockPair clock) {
        this.ordinal = ordinal;
        this.summary = summary;
        this.clock = clock;
    }

    int ordinal() {
        return ordinal;
    }

    SessionSummary summary() {
        return summary;
    }

    /** The latest reading of the clocks. */
    ClockPair clock() {
        return clock;
    }

    /** Commands without a reply so far, cut down to what pairing needs. */
    List<FrameRecorded> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Waits on for the replies to commands that {@link #waiting} gave once. */
    void waitFor(List<FrameRecorded> commands) {
        commands.forEach(command -> pair(command, command.read()));
    }

    /** Finds the command that a frame answers, if it is a reply. */
    Optional<Asked> pair(FrameRecorded recorded, Message message) {
        Optional<Asked> asked = pairing.accept(recorded.frame(), message);
        asked.ifPresent(command -> waiting.remove(command.sequence()));
        if (recorded.frame().direction() == Direction.CLIENT_TO_SERVER && waiting.size() < MAX_KEPT) {
            WaitingCommand.of(recorded, message).ifPresent(command -> waiting.put(recorded.sequence(), command));
        }
        return asked;
    }

    void count(SessionRecord record) {
        boolean isGap = record instanceof Gap;
        long elapsed = record.atNanos() - summary.opened().atNanos();
        Optional<CloseCause> cause = record instanceof Closed closed ? Optional.of(closed.cause()) : summary.cause();
        summary = new SessionSummary(
                summary.opened(),
                summary.arrivedAtMillis(),
                summary.qemuVersion(),
                summary.frames(),
                summary.errors(),
                summary.findings(),
                summary.masked(),
                summary.gaps() + (isGap ? 1 : 0),
                Duration.ofNanos(Math.max(summary.duration().toNanos(), elapsed)),
                cause);
        if (record instanceof ClockRead read) {
            clock = read.clock();
        } else if (record instanceof Continued continued) {
            clock = continued.clock();
        }
    }

    void count(FrameRecorded recorded, Message message) {
        String version = message instanceof Message.Greeting greeting
                ? greeting.version().orElse("")
                : summary.qemuVersion();
        summary = new SessionSummary(
                summary.opened(),
                summary.arrivedAtMillis(),
                version,
                summary.frames() + 1,
                summary.errors() + (message.kind() == MessageKind.FAILURE ? 1 : 0),
                summary.findings() + recorded.findings().size(),
                summary.masked() + recorded.masked().size(),
                summary.gaps(),
                summary.duration(),
                summary.cause());
    }
}
