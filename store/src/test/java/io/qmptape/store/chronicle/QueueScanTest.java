package io.qmptape.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file's bytes, against what Chronicle itself wrote. */
final class QueueScanTest {
    @TempDir
    Path directory;

    private final ChronicleReels reels = new ChronicleReels();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void readsWhatWasWritten(long seed) {
        List<Bytes> written = write(new Random(seed), 3_000);

        Found found = scan();

        assertThat(found.records).isEqualTo(written);
        assertThat(found.damages).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void findsAllRecordsButTheDamagedOne(long seed) throws IOException {
        Random random = new Random(seed);
        List<Bytes> written = write(random, 200);
        for (int i = 0; i < 200; i++) {
            Found sound = scan();
            int victim = random.nextInt(written.size());
            long header = sound.offsets.get(victim);
            // in the word with the length, in the kind, in the record
            long at = header
                    + random.nextInt(5 + Math.min(1000, written.get(victim).length()));
            int bit = 1 << random.nextInt(8);
            flip(at, bit);

            Found found = scan();

            assertThat(found.damages)
                    .as(
                            "seed %d, record %d of %d bytes at %d, byte %d, bit %d",
                            seed, victim, written.get(victim).length(), header, at, bit)
                    .isNotEmpty();
            List<Bytes> rest = new ArrayList<>(written);
            rest.remove(victim);
            assertThat(found.records)
                    .as(
                            "seed %d, record %d of %d bytes at %d, byte %d, bit %d",
                            seed, victim, written.get(victim).length(), header, at, bit)
                    .isIn(rest, at < header + Integer.BYTES ? written : rest);
            flip(at, bit);
        }
    }

    @Test
    void readsUpToAnEntryThatItsWriterLeftOpen() throws IOException {
        List<Bytes> written = write(new Random(7), 10);
        Found sound = scan();
        long last = sound.offsets.get(9);
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(last + 3);
            file.write(0x80);
        }

        Found found = scan();

        assertThat(found.records).isEqualTo(written.subList(0, 9));
        assertThat(found.damages).containsExactly("an entry that was not finished");
    }

    @Test
    void readsAFileThatWasCut() throws IOException {
        List<Bytes> written = write(new Random(8), 10);
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.setLength(scan().offsets.get(9) + 7);
        }

        assertThat(scan().records).isEqualTo(written.subList(0, 9));
    }

    private List<Bytes> write(Random random, int count) {
        List<Bytes> written = new ArrayList<>();
        try (ReelWriter writer = reels.create(directory.resolve("reel"))) {
            for (int i = 0; i < count; i++) {
                // some records take more than one entry
                int length = random.nextInt(40) == 0 ? random.nextInt(400_000) : random.nextInt(300);
                SessionId session = new SessionId(new UUID(random.nextLong(), i));
                SessionRecord record = new Gap(session, Direction.CLIENT_TO_SERVER, 0, 0, 0, 0, "x".repeat(length));
                Bytes bytes = RecordCodec.encode(record, i, Bytes.EMPTY);
                writer.append(bytes);
                written.add(bytes);
            }
        }
        return written;
    }

    private Found scan() {
        Found found = new Found();
        reels.scan(directory.resolve("reel"), found);
        return found;
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("reel"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void flip(long at, int bit) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ bit);
        }
    }

    private static final class Found implements ReelScan {
        private final List<Bytes> records = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private final List<String> damages = new ArrayList<>();

        @Override
        public void record(Place place, Bytes record) {
            records.add(record);
            offsets.add(place.offset());
        }

        @Override
        public void damage(Place place, String what) {
            damages.add(what);
        }
    }
}
