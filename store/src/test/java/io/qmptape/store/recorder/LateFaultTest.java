package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.handover.Standing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.DelegatingReels;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Recovery;
import io.qmptape.store.care.Verification;
import io.qmptape.testkit.ManualClock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fault of a mapped page that could not be had comes to light behind the write that it took, or behind one that was whole.
 * Seen when somebody else fills the disk between two looks at how much is free.
 */
final class LateFaultTest {
    private static final int SESSIONS = 5;
    private static final int BYTES = 40;

    /** What has become of the record before the one that throws, and of that one itself. */
    private enum Fault {
        TOOK_THE_ONE_BEFORE(false, false),
        TOOK_THIS_ONE(true, false),
        TOOK_NOTHING(true, true);

        private final boolean isLastThere;
        private final boolean isThisThere;

        Fault(boolean isLastThere, boolean isThisThere) {
            this.isLastThere = isLastThere;
            this.isThisThere = isThisThere;
        }
    }

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final FaultyReels reels = new FaultyReels();
    private final List<SessionId> sessions = new ArrayList<>();
    private final Standing[] at = new Standing[SESSIONS];

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatAReelLacksIsMissingAndNotUnknown(Fault fault) {
        long seed = 20261125;
        Random random = new Random(seed);
        Tape tape = new Tape(directory.resolve("tape"), reels);
        RecorderOptions options = RecorderOptions.defaults().withFreeBytes(0).withRetry(Duration.ofSeconds(1));
        try (TapeFeed feed = new TapeFeed(tape, clock, options, new Counts())) {
            open(feed);
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 20; i++) {
                    say(feed, random.nextInt(SESSIONS));
                }
                reels.fault = Optional.of(fault);
                say(feed, random.nextInt(SESSIONS));
                say(feed, random.nextInt(SESSIONS));
                assertThat(feed.isFailing()).isTrue();
                clock.advance(Duration.ofSeconds(2));
            }
            sessions.forEach(session -> feed.append(closed(session), at[sessions.indexOf(session)]));
        }
        Recovery.of(tape, clock);

        assertThat(Verification.of(tape, Progress.NONE).faults())
                .as("seed %d", seed)
                .isEmpty();
        sessions.forEach(session -> assertAllIsToldOf(tape, session));
    }

    /** Each byte stands in a frame or in a gap, and in one of them alone. */
    private void assertAllIsToldOf(Tape tape, SessionId session) {
        RecordedSession read = RecordedSession.load(tape.session(session));
        long framed = read.frames().stream()
                .mapToLong(frame -> frame.frame().bytes().length())
                .sum();
        long missing = read.records().stream()
                .filter(Gap.class::isInstance)
                .mapToLong(gap -> ((Gap) gap).bytes())
                .sum();
        assertThat(framed + missing).isEqualTo(at[sessions.indexOf(session)].bytes(Direction.CLIENT_TO_SERVER));
    }

    private void open(TapeFeed feed) {
        for (int i = 0; i < SESSIONS; i++) {
            SessionId session = SessionId.random();
            sessions.add(session);
            at[i] = Standing.BEGINNING;
            feed.append(Sessions.opened(session, clock.pair()), at[i]);
        }
    }

    private void say(TapeFeed feed, int which) {
        at[which] = at[which].behind(at[which].sequence() + 1, Direction.CLIENT_TO_SERVER, BYTES);
        Frame frame = new Frame(
                at[which].sequence(),
                Direction.CLIENT_TO_SERVER,
                FrameKind.NOISE,
                Bytes.lend(new byte[BYTES]),
                List.of(new Mark(0, clock.nanos(), List.of())));
        feed.append(
                new FrameRecorded(sessions.get(which), frame, MessageKind.NOISE, List.of(), "", List.of()), at[which]);
    }

    private Closed closed(SessionId session) {
        return new Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY);
    }

    /** Chronicle's, with a disk that fails when it is told to. */
    private static final class FaultyReels extends DelegatingReels {
        private Optional<Fault> fault = Optional.empty();

        @Override
        public ReelWriter create(Path place) {
            return new FaultyWriter(super.create(place));
        }

        private final class FaultyWriter implements ReelWriter {
            private final ReelWriter writer;
            private boolean isDue;

            FaultyWriter(ReelWriter writer) {
                this.writer = writer;
            }

            @Override
            public void append(Bytes record) {
                boolean isWritten = fault.map(one -> isDue ? one.isThisThere : one.isLastThere)
                        .orElse(true);
                if (isWritten) {
                    writer.append(record);
                }
                if (isDue) {
                    fault = Optional.empty();
                    throw new InternalError("a fault occurred in a recent unsafe memory access operation");
                }
                isDue = fault.isPresent();
            }

            @Override
            public void sync() {
                writer.sync();
            }

            @Override
            public void close() {
                writer.close();
            }
        }
    }
}
