package io.qmptape.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.DelegatingReels;
import io.qmptape.store.Placed;
import io.qmptape.store.ReelReader;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TapeCursorTest {
    @TempDir
    Path directory;

    private int asked;

    @Test
    void asksAReelThatIsReadToItsEndOnceARound() {
        Tape tape = new Tape(directory.resolve("tape"), new AskedReels());
        List<SessionRecord> written = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            List<SessionRecord> session = Sessions.random(new Random(seed));
            append(tape, session);
            written.addAll(session);
        }

        try (TapeCursor cursor = tape.cursor(Map.of())) {
            assertThat(all(cursor)).isEqualTo(written);
            assertThat(asked).isEqualTo(written.size() + 2 * 5);
        }
    }

    @Test
    void goesBackToAReelThatGrewWhileALaterOneWasRead() {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        List<SessionRecord> early = Sessions.random(new Random(1));
        List<SessionRecord> later = Sessions.random(new Random(2));

        try (TapeWriter first = new TapeWriter(tape);
                TapeCursor cursor = tape.cursor(Map.of())) {
            first.append(early.get(0), 1000);
            append(tape, later);
            List<SessionRecord> read = new ArrayList<>();
            read.add(cursor.next().orElseThrow().record());
            read.add(cursor.next().orElseThrow().record());
            early.subList(1, early.size()).forEach(record -> first.append(record, 2000));
            read.addAll(all(cursor));

            assertThat(read).startsWith(early.get(0)).containsAll(early).containsAll(later);
            assertThat(read).hasSize(early.size() + later.size());
        }
    }

    @Test
    void goesOnWhenAReelIsDiscardedThatNothingWasReadOf() throws IOException {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        append(tape, Sessions.random(new Random(1)));
        try (TapeCursor cursor = tape.cursor(Map.of())) {
            all(cursor);
            TapeWriter discarded = new TapeWriter(tape);
            Files.createFile(tape.reels().path(discarded.reel()).resolve("20261125.cq4"));
            assertThat(cursor.next()).isEmpty();
            discarded.discard();
            assertThat(cursor.next()).isEmpty();

            List<SessionRecord> later = Sessions.random(new Random(2));
            append(tape, later);

            assertThat(all(cursor)).isEqualTo(later);
            assertThat(cursor.isStale()).isFalse();
        }
    }

    @Test
    void goesOnWhenAReelIsPrunedThatHeldNothing() throws IOException {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        try (TapeWriter empty = new TapeWriter(tape)) {
            Files.createFile(tape.reels().path(empty.reel()).resolve("20261125.cq4"));
        }
        append(tape, Sessions.random(new Random(1)));
        try (TapeCursor cursor = tape.cursor(Map.of())) {
            all(cursor);

            tape.reels().remove(tape.reelNames().get(0));

            assertThat(cursor.next()).isEmpty();
            assertThat(cursor.isStale()).isFalse();
        }
    }

    @Test
    void isStaleWhenAReelGoesThatSomethingWasReadOf() {
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());
        append(tape, Sessions.random(new Random(1)));
        try (TapeCursor cursor = tape.cursor(Map.of())) {
            all(cursor);

            tape.reels().remove(tape.reelNames().get(0));

            assertThat(cursor.next()).isEmpty();
            assertThat(cursor.isStale()).isTrue();
        }
    }

    private static void append(Tape tape, List<SessionRecord> records) {
        try (TapeWriter writer = new TapeWriter(tape)) {
            records.forEach(record -> writer.append(record, 1000));
        }
    }

    private static List<SessionRecord> all(TapeCursor cursor) {
        List<SessionRecord> records = new ArrayList<>();
        for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            records.add(next.get().record());
        }
        return records;
    }

    /** Counts how often a reader is asked for more. */
    private final class AskedReels extends DelegatingReels {
        @Override
        public Optional<ReelReader> open(Path reel) {
            return super.open(reel).map(AskedReader::new);
        }
    }

    private final class AskedReader implements ReelReader {
        private final ReelReader reader;

        AskedReader(ReelReader reader) {
            this.reader = reader;
        }

        @Override
        public void moveAfter(long index) {
            reader.moveAfter(index);
        }

        @Override
        public Optional<Bytes> next() {
            asked++;
            return reader.next();
        }

        @Override
        public long index() {
            return reader.index();
        }

        @Override
        public Optional<Bytes> at(long index) {
            return reader.at(index);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
