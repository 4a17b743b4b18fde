package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeIdentity;
import io.qmptape.store.care.Deletion;
import io.qmptape.store.care.Progress;
import io.qmptape.store.care.Recovery;
import io.qmptape.store.care.Verification;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.recorder.ChildProcess.Work;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fill up, break, and go away under a recorder. */
@Timeout(120)
final class FailingDiskTest {
    private static final int LONG = 200_000;
    private static final Work WORK = new Work(5, 1_000_000, 64 << 20);

    @TempDir
    Path directory;

    private final SystemClock clock = new SystemClock();
    private final SessionId session = SessionId.random();
    private long sent;

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4", "quota"})
    void goesOnByItselfOnceThereIsRoomOnAFullDisk(String kind) throws Exception {
        try (SmallDisk disk = smallDisk(kind)) {
            Tape tape = tape(disk.path().resolve("tape"));
            long began;
            try (Recorder recorder = recorder(tape, 8 << 20)) {
                say(recorder, 3);
                await(tape, 3);
                Path ballast = disk.fillUpTo(3);
                began = clock.nanos();
                say(recorder, 12);
                limit(recorder::isFailing);
                Files.delete(ballast);
                limit(() -> !recorder.isFailing());
                say(recorder, 3);
                end(recorder);
            }
            Gap gap = onlyGap(tape);
            assertThat(gap.reason()).isEqualTo("tape failed");
            assertThat(gap.fromNanos()).isGreaterThanOrEqualTo(began);
            assertThat(gap.atNanos()).isBetween(gap.fromNanos(), clock.nanos());
            assertRecordedAndGapsAreAll(tape);
            Recovery.of(tape, clock);
            assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reels", "."})
    void beginsAnewWhereItsDirectoryWasRemoved(String what) throws Exception {
        Tape tape = tape(directory.resolve("tape"));
        TapeIdentity identity = tape.create();
        try (Recorder recorder = recorder(tape, 0)) {
            say(recorder, 3);
            await(tape, 3);

            PrivateFiles.deleteTree(tape.directory().resolve(what).normalize());
            say(recorder, 12);
            end(recorder);
        }

        assertThat(tape.identity()).isEqualTo(identity);
        assertThat(onlyGap(tape).reason()).isEqualTo("tape removed");
        assertThat(onlyGap(tape).firstByte()).isZero();
        assertRecordedAndGapsAreAll(tape);
        assertThat(Verification.of(tape, Progress.NONE).faults())
                .as("that the lost reel is lost")
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("which is not there"));
    }

    @Test
    void deletesASessionOnceThereIsRoomToWriteTheOthersAnew() throws Exception {
        try (SmallDisk disk = SmallDisk.tmpfs(directory.resolve("disk"), 100)) {
            Tape tape = tape(disk.path().resolve("tape"));
            SessionId other = SessionId.random();
            try (Recorder recorder = recorder(tape, 0)) {
                open(recorder, other);
                say(recorder, 3);
                end(recorder);
            }
            Path ballast = disk.fillUpTo(1);
            String head = tape.ledger().read().head();

            assertThatThrownBy(() -> Deletion.of(tape, session))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("are free");
            assertThat(tape.ledger().read().head()).isEqualTo(head);
            assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();

            Files.delete(ballast);
            Deletion.of(tape, session);
            assertThat(tape.sessions()).extracting(SessionSummary::id).containsExactly(other);
        }
    }

    @Test
    void deletesASessionThatHasItsReelForItselfFromAFullDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.tmpfs(directory.resolve("disk"), 100)) {
            Tape tape = tape(disk.path().resolve("tape"));
            try (Recorder recorder = recorder(tape, 0)) {
                say(recorder, 3);
                end(recorder);
            }
            disk.fillUpTo(1);

            Deletion.of(tape, session);

            assertThat(tape.sessions()).isEmpty();
            assertThat(Verification.of(tape, Progress.NONE).faults()).isEmpty();
        }
    }

    @Test
    void writesNothingWrongWhenTheDiskBreaks() throws Exception {
        try (SmallDisk disk = SmallDisk.ext4(directory.resolve("disk"), 200);
                ChildProcess child = ChildProcess.start(disk.path().resolve("tape"), 1, WORK)) {
            child.hearSome(500);
            disk.breakDown();
            child.end(Child.GIVEN_UP);

            Path copy = directory.resolve("copy");
            copyTree(disk.path().resolve("tape"), copy);
            assertThat(checkedMessages(tape(copy))).isGreaterThan(400);
        }
    }

    @Test
    void writesNothingWrongWhenItsFileIsCutUnderIt() throws Exception {
        Tape tape = tape(directory.resolve("tape"));
        try (ChildProcess child = ChildProcess.start(tape.directory(), 2, WORK)) {
            child.hearSome(500);
            try (RandomAccessFile file = new RandomAccessFile(queueFile(tape).toFile(), "rw")) {
                file.setLength(file.length() / 2);
            }
            child.killAfter(500);

            checkedMessages(tape);
        }
    }

    private SmallDisk smallDisk(String kind) throws IOException, InterruptedException {
        Path mount = directory.resolve("disk");
        return switch (kind) {
            case "tmpfs" -> SmallDisk.tmpfs(mount, 40);
            case "ext4" -> SmallDisk.ext4(mount, 40);
            default -> SmallDisk.quota(mount, 40);
        };
    }

    private static Path queueFile(Tape tape) throws IOException {
        Path reel = tape.reels().path(tape.reelNames().get(0));
        try (Stream<Path> files = Files.list(reel)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Recovers the tape; whatever is on it then is what was said. */
    private long checkedMessages(Tape tape) {
        Recovery.of(tape, clock);
        long messages = 0;
        for (SessionSummary summary : tape.sessions()) {
            for (FrameRecorded frame :
                    RecordedSession.load(tape.session(summary.id())).frames()) {
                assertThat(frame.frame().bytes().text()).isEqualTo(Child.text(summary.id(), frame.sequence()));
                messages++;
            }
        }
        return messages;
    }

    private void assertRecordedAndGapsAreAll(Tape tape) {
        long recorded = 0;
        long missing = 0;
        for (SessionRecord record : RecordedSession.load(tape.session(session)).records()) {
            recorded += record instanceof FrameRecorded frame
                    ? frame.frame().bytes().length()
                    : 0;
            missing += record instanceof Gap gap ? gap.bytes() : 0;
        }
        assertThat(missing).isPositive();
        assertThat(recorded + missing).isEqualTo(sent);
    }

    private Gap onlyGap(Tape tape) {
        List<Gap> gaps = RecordedSession.load(tape.session(session)).records().stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
        assertThat(gaps).hasSize(1);
        return gaps.get(0);
    }

    private void say(Recorder recorder, int messages) {
        for (int i = 0; i < messages; i++) {
            Bytes said = Bytes.utf8("{\"execute\": \"" + "x".repeat(LONG) + "\"}");
            sent += said.length();
            recorder.seen(new Traffic.Read(session, Direction.CLIENT_TO_SERVER, clock.nanos(), said, List.of()));
        }
    }

    private void await(Tape tape, long frames) {
        limit(() -> tape.sessions().stream().mapToLong(SessionSummary::frames).sum() >= frames);
    }

    private static void limit(BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void end(Recorder recorder) {
        recorder.seen(new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT));
    }

    private Recorder recorder(Tape tape, long freeBytes) {
        RecorderOptions options =
                RecorderOptions.defaults().withFreeBytes(freeBytes).withRetry(Duration.ofMillis(20));
        Recorder recorder = new Recorder(
                tape, new Recorder.Means(Judging.none(), Redaction.with(RedactionKey.random()), clock, options));
        recorder.start();
        open(recorder, session);
        return recorder;
    }

    private void open(Recorder recorder, SessionId id) {
        recorder.seen(new Traffic.Opened(
                id, clock.pair(), Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/l", "unix:/u"));
    }

    private static Tape tape(Path directory) {
        return new Tape(directory, new ChronicleReels());
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
