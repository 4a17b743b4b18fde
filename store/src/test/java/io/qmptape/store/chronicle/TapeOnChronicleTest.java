package io.qmptape.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.NewReel;
import io.qmptape.store.Placed;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.ReelReader;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.SessionTail;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.TapeException;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TapeOnChronicleTest {
    @TempDir
    Path directory;

    @Test
    void givesBackTheRecordsOfEachSession() {
        Tape tape = tape();
        List<SessionRecord> one = Sessions.random(new Random(1));
        List<SessionRecord> two = Sessions.random(new Random(2));

        append(tape, one, 1000);
        append(tape, two, 2000);

        assertThat(RecordedSession.load(tape.session(one.get(0).session())).records())
                .isEqualTo(one);
        assertThat(RecordedSession.load(tape.session(two.get(0).session())).records())
                .isEqualTo(two);
    }

    @Test
    void goesOnWithASessionWhereItStopped() {
        Tape tape = tape();
        List<SessionRecord> records = Sessions.random(new Random(1));
        int half = records.size() / 2;
        SessionTail tail = new SessionTail(tape, records.get(0).session());
        List<SessionRecord> read = new ArrayList<>();

        append(tape, records.subList(0, half), 1000);
        tail.read(record -> read.add(record) && read.size() < half - 1);
        assertThat(read).isEqualTo(records.subList(0, half - 1));
        append(tape, Sessions.random(new Random(2)), 2000);
        append(tape, records.subList(half, records.size()), 3000);
        tail.read(read::add);
        tail.read(read::add);

        assertThat(read).isEqualTo(records);
    }

    @Test
    void listsSessionsInTheOrderOfTheirArrival() {
        Tape tape = tape();
        List<SessionRecord> late = Sessions.random(new Random(1));
        List<SessionRecord> early = Sessions.random(new Random(2));

        append(tape, late, 2000);
        append(tape, early, 1000);

        assertThat(tape.sessions())
                .extracting(SessionSummary::id)
                .containsExactly(early.get(0).session(), late.get(0).session());
        assertThat(tape.find("latest").id()).isEqualTo(late.get(0).session());
        assertThat(tape.find("latest~1").id()).isEqualTo(early.get(0).session());
        assertThat(tape.find(late.get(0).session().brief()).id())
                .isEqualTo(late.get(0).session());
    }

    @Test
    void saysWhatIsWrongWithAReference() {
        Tape tape = tape();
        append(tape, Sessions.random(new Random(1)), 1);

        assertThatThrownBy(() -> tape.find("latest~5")).isInstanceOf(TapeException.class);
        assertThatThrownBy(() -> tape.find("ffff")).hasMessageContaining("no session begins with 'ffff'");
        assertThatThrownBy(() -> tape.find("../etc")).hasMessageContaining("names no session");
        assertThatThrownBy(() -> new Tape(directory.resolve("none"), new ChronicleReels()).find("latest"))
                .hasMessageContaining("there is no tape in");
    }

    @Test
    void passesOverReelsWhoseRecorderDiedAtOnce() throws IOException {
        Tape tape = tape();
        List<SessionRecord> records = Sessions.random(new Random(4));
        Path reels = tape.directory().resolve("reels");
        Files.createDirectories(reels.resolve("a-empty"));
        Files.createDirectories(reels.resolve("b-torn"));
        Files.write(reels.resolve("b-torn").resolve("metadata.cq4t"), new byte[128 << 10]);

        append(tape, records, 1);

        assertThat(tape.sessions()).hasSize(1);
        assertThat(RecordedSession.load(tape.session(records.get(0).session())).records())
                .isEqualTo(records);
    }

    @Test
    void passesOverRecordsThatWereTorn() {
        Tape tape = tape();
        List<SessionRecord> records = Sessions.random(new Random(6));
        byte[] torn = RecordCodec.encode(records.get(0), 1, Bytes.EMPTY).toArray();
        torn[torn.length / 2] ^= 1;
        NewReel reel = tape.newReel();
        try (ReelWriter writer = reel.writer()) {
            writer.append(Bytes.lend(torn));
            writer.append(Bytes.lend(new byte[100]));
            writer.append(Bytes.EMPTY);
        }

        append(tape, records, 1);

        assertThat(tape.sessions()).hasSize(1);
        assertThat(RecordedSession.load(tape.session(records.get(0).session())).records())
                .isEqualTo(records);
    }

    @Test
    void takesUpAReelThatIsBegunLater() throws IOException {
        Tape tape = tape();
        tape.create();
        Path reel = tape.directory().resolve("reels").resolve("late");
        Files.createDirectories(reel);
        List<SessionRecord> records = Sessions.random(new Random(5));
        try (TapeCursor cursor = tape.cursor(Map.of());
                ReelWriter writer = new ChronicleReels().create(reel)) {
            assertThat(cursor.next()).isEmpty();

            writer.append(RecordCodec.encode(records.get(0), 1, Bytes.EMPTY));

            assertThat(cursor.next()).map(Placed::record).contains(records.get(0));
        }
    }

    @Test
    void followsWhatIsAppendedWhileItReads() {
        Tape tape = tape();
        List<SessionRecord> records = Sessions.random(new Random(3));
        try (TapeCursor cursor = tape.cursor(Map.of())) {
            assertThat(cursor.next()).isEmpty();
            append(tape, records, 1);
            List<SessionRecord> seen = new ArrayList<>();
            for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                seen.add(next.get().record());
                assertThat(tape.at(next.get().position())).contains(next.get().record());
            }
            assertThat(seen).isEqualTo(records);
        }
    }

    @Test
    void goesOnBehindAPosition() {
        Tape tape = tape();
        List<SessionRecord> records = Sessions.random(new Random(4));
        append(tape, records, 1);
        try (TapeCursor first = tape.cursor(Map.of())) {
            Placed placed = first.next().orElseThrow();
            Map<String, Long> after =
                    Map.of(placed.position().reel(), placed.position().index());
            try (TapeCursor second = tape.cursor(after)) {
                assertThat(second.next().map(Placed::record)).contains(records.get(1));
            }
        }
    }

    @Test
    void keepsRecordsLongerThanABlock() {
        Path reel = directory.resolve("reel");
        ChronicleReels reels = new ChronicleReels();
        List<Bytes> written = List.of(record(10), record(5 << 20), record(0), record(20));

        try (ReelWriter writer = reels.create(reel)) {
            written.forEach(writer::append);
        }

        try (ReelReader reader = reels.open(reel).orElseThrow()) {
            assertThat(reader.next()).contains(written.get(0));
            assertThat(reader.next()).contains(written.get(1));
            long large = reader.index();
            assertThat(reader.next()).contains(written.get(2));
            assertThat(reader.next()).contains(written.get(3));
            assertThat(reader.next()).isEmpty();
            assertThat(reader.at(large)).contains(written.get(1));
        }
    }

    private static Bytes record(int length) {
        SessionRecord record =
                new SessionRecord.Gap(SessionId.random(), Direction.SERVER_TO_CLIENT, 0, 0, 0, 0, "x".repeat(length));
        return RecordCodec.encode(record, 1, Bytes.EMPTY);
    }

    @Test
    void isPrivateToItsOwner() throws IOException {
        Tape tape = tape();
        tape.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tape.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesATapeOfANewerVersion() throws IOException {
        Tape tape = tape();
        tape.create();
        Path identity = tape.directory().resolve("tape");
        Files.writeString(identity, Files.readString(identity).replace("tape 1", "tape 2"));

        assertThatThrownBy(tape::identity).hasMessageContaining("another version");
    }

    private Tape tape() {
        return new Tape(directory.resolve("tape"), new ChronicleReels());
    }

    private static void append(Tape tape, List<SessionRecord> records, long arrivedAtMillis) {
        try (ReelWriter writer = tape.newReel().writer()) {
            records.forEach(record -> writer.append(RecordCodec.encode(record, arrivedAtMillis, Bytes.EMPTY)));
        }
    }
}
