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
import io.qmptape.store.recorder.ChildProcess.Work;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SystemClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten recorders in ten processes on one tape, while others read it and care for it. */
final class ManyRecordersTest {
    private static final int RECORDERS = 10;
    private static final Work WORK = new Work(5, 300, 100_000);

    @TempDir
    Path directory;

    @Test
    void loseNothingAndMixNothing() throws Exception {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < RECORDERS; i++) {
            children.add(ChildProcess.start(tape.directory(), i, WORK));
        }

        for (ChildProcess child : children) {
            readAlong(tape);
            child.end();
        }

        assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        assertThat(tape.reelNames()).hasSizeGreaterThan(3 * RECORDERS);
        List<SessionSummary> sessions = tape.sessions();
        assertThat(sessions).hasSize(RECORDERS * WORK.sessions());
        for (SessionSummary session : sessions) {
            assertThat(session.cause()).contains(CloseCause.CLIENT_LEFT);
            List<FrameRecorded> frames =
                    RecordedSession.load(tape.session(session.id())).frames();
            assertThat(frames).hasSize(WORK.messages());
            for (int i = 0; i < frames.size(); i++) {
                assertThat(frames.get(i).frame().bytes().text()).isEqualTo(Child.text(session.id(), i + 1));
            }
        }
    }

    /** What a page, a person and another recorder's start do meanwhile. */
    private static void readAlong(Tape tape) {
        if (tape.exists()) {
            tape.sessions().forEach(session -> assertThat(session.gaps()).isZero());
            Recovery.of(tape, new SystemClock());
            assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        }
    }
}
