package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.handover.Courier;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Recovery;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder dies, again and again, in the middle of 50 sessions; the relay's side goes on. */
@Timeout(300)
final class DyingRecorderTest {
    private static final long SEED = 20261126;
    private static final int SESSIONS = 50;
    private static final int MESSAGES = 400;
    private static final int KILLS = 8;

    @TempDir
    Path directory;

    private final SystemClock clock = new SystemClock();
    private final List<Process> recorders = new CopyOnWriteArrayList<>();

    @Test
    void losesNothingWhenTheRecorderIsKilled() throws Exception {
        Random random = new Random(SEED);
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        List<SessionId> sessions = sessions(random);
        try (Courier courier = new Courier(this::start, 64 << 20)) {
            courier.start();
            sessions.forEach(session -> courier.seen(opened(session)));
            for (int message = 1; message <= MESSAGES; message++) {
                say(courier, sessions, message);
                if (message % (MESSAGES / KILLS) == random.nextInt(3)) {
                    if (random.nextBoolean()) {
                        awaitReel(tape);
                    } else {
                        awaitFrames(tape, sessions.get(random.nextInt(SESSIONS)), message);
                    }
                    newest().destroyForcibly();
                }
            }
            sessions.forEach(
                    session -> courier.seen(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT)));
        }

        Recovery.of(tape, clock);

        assertThat(recorders).as("recorders that had to be").hasSizeGreaterThan(2);
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        for (SessionId session : sessions) {
            RecordedSession recorded = RecordedSession.load(tape.session(session));
            assertThat(recorded.records()).noneMatch(Gap.class::isInstance);
            assertThat(recorded.closed().orElseThrow().cause()).isEqualTo(CloseCause.CLIENT_LEFT);
            assertThat(said(recorded)).isEqualTo(allOf(session));
        }
    }

    @Test
    void writesWhatTheRelaySentBeforeItDied() throws Exception {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        SessionId session = sessions(new Random(SEED)).get(0);
        Courier courier = new Courier(this::start, 64 << 20);
        courier.start();
        courier.seen(opened(session));
        say(courier, List.of(session), 1);
        awaitFrames(tape, session, 1);

        // as the kernel does when the relay is gone
        newest().getOutputStream().close();
        newest().waitFor();

        RecordedSession recorded = RecordedSession.load(tape.session(session));
        assertThat(recorded.closed().orElseThrow().cause()).isEqualTo(CloseCause.RELAY_DIED);
        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        courier.close();
    }

    private Process start() throws IOException {
        Process started = PipedChild.start(directory.resolve("tape"), directory.resolve("key"), 100_000);
        recorders.add(started);
        return started;
    }

    private Process newest() {
        return recorders.get(recorders.size() - 1);
    }

    private static List<SessionId> sessions(Random random) {
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(new SessionId(new UUID(random.nextLong(), i)));
        }
        return sessions;
    }

    private Traffic opened(SessionId session) {
        return new Traffic.Opened(
                session, clock.pair(), Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u");
    }

    /** In two reads, so that a recorder can die in the middle of a message. */
    private void say(Courier courier, List<SessionId> sessions, int message) {
        for (SessionId session : sessions) {
            Bytes text = Bytes.utf8(Child.text(session, message));
            int middle = text.length() / 3;
            courier.seen(read(session, text.slice(0, middle)));
            courier.seen(read(session, text.from(middle)));
        }
    }

    private Traffic read(SessionId session, Bytes bytes) {
        return new Traffic.Read(session, Direction.SERVER_TO_CLIENT, clock.nanos(), bytes, List.of());
    }

    /** Waits until the recorder that runs now has begun a reel. */
    private void awaitReel(Tape tape) throws IOException {
        int before = tape.reelNames().size();
        Process present = newest();
        while (tape.reelNames().size() <= before && present.isAlive()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static void awaitFrames(Tape tape, SessionId session, int count) {
        while (!tape.exists() || countFrames(tape, session) < count) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static long countFrames(Tape tape, SessionId session) {
        AtomicLong frames = new AtomicLong();
        tape.session(session).read(record -> frames.addAndGet(record instanceof FrameRecorded ? 1 : 0));
        return frames.get();
    }

    private static List<String> said(RecordedSession session) {
        return session.frames().stream()
                .map(FrameRecorded::frame)
                .map(frame -> frame.bytes().text())
                .toList();
    }

    private static List<String> allOf(SessionId session) {
        return Stream.iterate(1, i -> i + 1)
                .limit(MESSAGES)
                .map(i -> Child.text(session, i))
                .toList();
    }
}
