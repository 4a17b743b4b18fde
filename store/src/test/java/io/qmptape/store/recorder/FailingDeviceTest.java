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
import io.qmptape.traffic.SystemClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that fail below the file system. */
@Timeout(60)
final class FailingDeviceTest {
    @TempDir
    Path directory;

    /** The device claims more than its pool holds: what is beyond that fails as on a bad disk. */
    @Test
    void keepsWhatWasForcedToADeviceBeforeItFailed() throws Exception {
        try (SmallDisk pool = SmallDisk.tmpfs(directory.resolve("pool"), 40);
                SmallDisk disk = SmallDisk.ext4(pool.path().resolve("disk"), 400);
                ChildProcess child =
                        ChildProcess.startSynced(disk.path().resolve("tape"), 1, new Work(5, 1_000_000, 64 << 20))) {
            child.hearSome(300);
            Path ballast = pool.fillUpTo(0);
            List<Integer> told = child.end(Child.GIVEN_UP);
            Files.delete(ballast);
            disk.mountAgain();

            Tape tape = new Tape(disk.path().resolve("tape"), new ChronicleReels());
            assertThat(told).hasSizeGreaterThan(300).isSubsetOf(Child.checksums(tape));
            Recovery.of(tape, new SystemClock());
            assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
            for (SessionSummary session : tape.sessions()) {
                for (FrameRecorded frame :
                        RecordedSession.load(tape.session(session.id())).frames()) {
                    assertThat(frame.frame().bytes().text()).isEqualTo(Child.text(session.id(), frame.sequence()));
                }
            }
        }
    }
}
