package io.qmptape.conversation;

import io.qmptape.catalog.Severity;
import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a session into turns of polls and what is none. A turn holds nothing but commands that only read, their
 * successes, and routine readings of the clocks; whatever else comes before all are answered leaves them all as they
 * are. One thread.
 */
final class Turns {
    static final int MAX_POLLS = 8;
    /** Longer messages are always shown, so that what is kept to compare stays small. */
    static final int MAX_BYTES = 256 * 1024;

    private static final Duration STEP = Duration.ofMillis(500);

    /** Where the parts of the session go, in their order. */
    interface Sink {
        void turn(Turn turn);

        /** Records that are no part of a turn; none where only the numbers of the frames jump. */
        void interruption(List<SessionRecord> records);
    }

    private final Sink sink;
    private final Pairing pairing = new Pairing();
    private final List<SessionRecord> records = new ArrayList<>();
    private final List<FrameRecorded> frames = new ArrayList<>();
    private final List<Poll> polls = new ArrayList<>();
    private final Map<Long, Poll.Asking> open = new LinkedHashMap<>();
    private Optional<ClockPair> clock = Optional.empty();
    private long next = 1;

    Turns(Sink sink) {
        this.sink = sink;
    }

    void accept(SessionRecord record) {
        if (record instanceof FrameRecorded recorded) {
            frame(recorded);
        } else if (record instanceof ClockRead read && isSteady(read.clock())) {
            records.add(read);
        } else {
            interrupt(record);
        }
        if (record instanceof Opened opened) {
            clock = Optional.of(opened.clock());
        } else if (record instanceof ClockRead read) {
            clock = Optional.of(read.clock());
        }
    }

    /** Gives away what waits for answers. */
    void end() {
        if (!records.isEmpty()) {
            interrupt();
        }
    }

    private void frame(FrameRecorded recorded) {
        if (recorded.sequence() != next) {
            interrupt();
        }
        next = recorded.sequence() + 1;
        Message message = recorded.read();
        Optional<Asked> asked = pairing.accept(recorded.frame(), message);
        if (!isPlain(recorded) || !(asks(recorded, message) || answers(recorded, message, asked))) {
            interrupt(recorded);
            return;
        }
        records.add(recorded);
        frames.add(recorded);
        if (open.isEmpty()) {
            sink.turn(new Turn(records, frames, polls));
            clear();
        }
    }

    private boolean asks(FrameRecorded recorded, Message message) {
        boolean isPoll = message instanceof Message.Command command
                && open.size() + polls.size() < MAX_POLLS
                && ReadingCommands.includes(command.name());
        if (isPoll) {
            open.put(recorded.sequence(), new Poll.Asking(recorded, (Message.Command) message));
        }
        return isPoll;
    }

    private boolean answers(FrameRecorded recorded, Message message, Optional<Asked> asked) {
        Poll.Asking asking = message instanceof Message.Success && asked.isPresent()
                ? open.remove(asked.get().sequence())
                : null;
        if (asking != null) {
            polls.add(Poll.of(asking, recorded, (Message.Success) message));
        }
        return asking != null;
    }

    /** A descriptor, a warning and an error are never to be missed; a hint may come with each of many polls. */
    private static boolean isPlain(FrameRecorded recorded) {
        return recorded.frame().bytes().length() <= MAX_BYTES
                && recorded.frame().descriptors() == 0
                && recorded.findings().stream().allMatch(finding -> finding.severity() == Severity.INFO);
    }

    private boolean isSteady(ClockPair read) {
        return clock.map(before -> before.boot().equals(read.boot())
                        && Duration.between(before.wallAt(read.nanos()), read.wall())
                                        .abs()
                                        .compareTo(STEP)
                                <= 0)
                .orElse(false);
    }

    private void interrupt(SessionRecord record) {
        records.add(record);
        interrupt();
    }

    private void interrupt() {
        List<SessionRecord> cut = List.copyOf(records);
        clear();
        sink.interruption(cut);
    }

    private void clear() {
        records.clear();
        frames.clear();
        polls.clear();
        open.clear();
    }
}
