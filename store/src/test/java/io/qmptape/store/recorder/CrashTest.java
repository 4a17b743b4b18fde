package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Recovery;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.recorder.ChildProcess.Work;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of 50 sessions, at many moments; {@code -Dqmptape.tests.kills} says at how many. */
final class CrashTest {
    private static final long SEED = 20261125;
    private static final int KILLS = Integer.getInteger("qmptape.tests.kills", 200);
    private static final int AT_ONCE = 2;
    private static final int SESSIONS = 50;

    @TempDir
    Path directory;

    @Test
    void losesNothingThatWasAppendedAndYieldsNoWrongMessage() throws Exception {
        ExecutorService killers = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            long seed = SEED + i;
            all.add(killers.submit(() -> killOnce(seed)));
        }
        long records = 0;
        for (Future<Integer> one : all) {
            records += one.get();
        }
        killers.shutdown();

        assertThat(records).as("records before the kills").isGreaterThan(100L * KILLS);
    }

    private int killOnce(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        Path tapeDirectory = directory.resolve("tape" + seed);
        // reels that roll over now and then, so that some moments are between two of them
        Work work = new Work(SESSIONS, 1_000_000, 200_000L + random.nextInt(2_000_000));
        List<Integer> told;
        try (ChildProcess child = ChildProcess.start(tapeDirectory, seed, work)) {
            told = child.killAfter(1 + random.nextInt(6_000));
        }
        Tape tape = new Tape(tapeDirectory, new ChronicleReels());

        Recovery.of(tape, new SystemClock());

        String where = "seed " + seed;
        assertThat(Verification.of(tape, Progress.NONE).faults()).as(where).isEmpty();
        List<Integer> missing = new ArrayList<>(told);
        missing.removeAll(Child.checksums(tape));
        assertThat(missing).as(where + ": told, and not on the tape").isEmpty();
        for (SessionSummary session : tape.sessions()) {
            assertThat(session.cause()).as(where).contains(CloseCause.RECORDER_DIED);
            checkMessages(RecordedSession.load(tape.session(session.id())), where);
        }
        PrivateFiles.deleteTree(tapeDirectory);
        return told.size();
    }

    private static void checkMessages(RecordedSession session, String where) {
        long message = 1;
        for (FrameRecorded frame : session.frames()) {
            assertThat(frame.sequence()).as(where).isEqualTo(message);
            assertThat(frame.frame().bytes().text())
                    .as(where)
                    .isEqualTo(Child.text(session.opened().session(), message));
            message++;
        }
    }
}
