package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.Placed;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackingTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    @Test
    void readsAPackedTapeAsItWasWithTheSamePositions() throws IOException {
        TapeStand stand = stand(1);
        List<List<SessionRecord>> sessions = new ArrayList<>(stand.reelOf(40));
        sessions.add(stand.sessionOver(3));
        List<Placed> before = all(stand);
        VerifyReport report = stand.verify();
        String ledger = Sha256.of(stand.tape.directory().resolve("ledger"));

        stand.pack();

        assertThat(all(stand)).isEqualTo(before);
        assertThat(before)
                .allSatisfy(
                        placed -> assertThat(stand.tape.at(placed.position())).contains(placed.record()));
        for (List<SessionRecord> session : sessions) {
            assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        }
        assertThat(stand.verify()).isEqualTo(report);
        assertThat(Sha256.of(stand.tape.directory().resolve("ledger"))).isEqualTo(ledger);
    }

    @Test
    void saysWhatItSavedAboutAsTheDiskDoes() throws IOException {
        TapeStand stand = stand(2);
        stand.reelOf(400);
        String reel = stand.tape.reelNames().get(0);

        Packing.Packed packed = new Packing(stand.tape).pack(reel).orElseThrow();

        assertThat(packed.after()).isLessThan(packed.before());
        long blocks = PruningTest.du(stand.tape.reels().path(reel));
        assertThat((double) packed.after()).isBetween(blocks * 0.9, blocks * 1.1);
        assertThat(Pruning.diskBytes(stand.tape.reels(), reel)).isEqualTo(packed.after());
    }

    @Test
    void isDueWhenItHasBeenSealedForLongEnoughAndOnlyOnce() {
        TapeStand stand = stand(3);
        stand.reelOf(1);
        stand.reelOf(1);
        List<String> names = stand.tape.reelNames();
        Packing packing = new Packing(stand.tape);

        assertThat(packing.due(AN_HOUR, Instant.now())).isEmpty();
        assertThat(packing.due(AN_HOUR, Instant.now().plus(AN_HOUR))).isEqualTo(names);
        packing.pack(names.get(0));
        assertThat(packing.due(AN_HOUR, Instant.now().plus(AN_HOUR))).containsExactly(names.get(1));
    }

    @Test
    void leavesWhatIsBeingWrittenOrHasLostItsWriter() {
        TapeStand stand = stand(4);
        List<SessionRecord> records = TapeStand.unfinished(stand(5).reelOf(1).get(0));
        TapeWriter writer = new TapeWriter(stand.tape);
        records.forEach(record -> writer.append(record, 0));
        Packing packing = new Packing(stand.tape);

        assertThat(packing.due(Duration.ZERO, Instant.now())).isEmpty();
        assertThat(packing.pack(writer.reel())).isEmpty();
        writer.abandon();
        assertThat(packing.due(Duration.ZERO, Instant.now())).isEmpty();
        assertThat(packing.pack(writer.reel())).isEmpty();

        assertThat(stand.read(TapeStand.id(records))).isEqualTo(records);
    }

    @Test
    void leavesAReelThatDoesNotFitItsSeal() throws IOException {
        TapeStand stand = stand(6);
        stand.reelOf(2);
        String reel = stand.tape.reelNames().get(0);
        Path file = VerificationTest.queueFile(stand, reel);
        flip(file, 3000);
        byte[] content = Files.readAllBytes(file);
        Packing packing = new Packing(stand.tape);

        assertThat(packing.pack(reel)).isEmpty();

        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(packing.due(Duration.ZERO, Instant.now())).isEmpty();
        try (var left = Files.list(stand.tape.directory().resolve("reels"))) {
            assertThat(left).as("no draft stays").hasSize(1);
        }
    }

    @Test
    void staysPackedWhereASessionIsDeleted() {
        TapeStand stand = stand(7);
        List<List<SessionRecord>> sessions = stand.reelOf(3);
        stand.pack();

        Deletion.of(stand.tape, TapeStand.id(sessions.get(1)));

        assertThat(new Packing(stand.tape).due(Duration.ZERO, Instant.now())).isEmpty();
        assertThat(stand.tape.reelNames()).singleElement().asString().endsWith("~1");
        assertThat(stand.tape.sessions()).hasSize(2);
        assertThat(stand.read(TapeStand.id(sessions.get(2)))).isEqualTo(sessions.get(2));
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void isPrunedByWhatItTakesPacked() {
        TapeStand stand = stand(8);
        for (int i = 0; i < 6; i++) {
            stand.reelOf(30);
        }
        long plain = Pruning.diskBytes(stand.tape.reels());
        stand.pack();
        long packed = Pruning.diskBytes(stand.tape.reels());
        SessionId pinned = stand.tape.sessions().get(0).id();
        stand.tape.ledger().append(List.of(new Pinned(pinned)));

        assertThat(packed).isLessThan(plain);
        assertThat(Pruning.of(stand.tape, RetentionLimits.none().withBytes(packed), Instant.now()))
                .isEmpty();
        assertThat(Pruning.of(stand.tape, RetentionLimits.none().withBytes(packed / 2), Instant.now()))
                .hasSizeLessThan(6);

        assertThat(Pruning.diskBytes(stand.tape.reels())).isLessThanOrEqualTo(packed / 2 + 24_000);
        assertThat(stand.read(pinned)).isNotEmpty();
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void givesARepairAllButTheDamagedBlock() throws IOException {
        TapeStand stand = stand(9);
        stand.reelOf(400);
        long all = stand.verify().records();
        stand.pack();
        Path file = VerificationTest.queueFile(stand, stand.tape.reelNames().get(0));
        flip(file, Files.size(file) / 2);
        assertThat(stand.verify().faults())
                .anyMatch(fault -> fault.what().startsWith("the packed file was changed between its bytes "));
        long read = all(stand).size();

        Repair.of(stand.tape, new SystemClock());

        assertThat(stand.verify().faults()).isEmpty();
        // one of several blocks, which each hold as much
        assertThat(read).isBetween(all / 3, all - 1);
        assertThat(stand.verify().records()).isGreaterThanOrEqualTo(read);
        assertThat(stand.tape.reelNames().get(0)).endsWith("~1");
        assertThat(new Packing(stand.tape).due(Duration.ZERO, Instant.now()))
                .as("stays packed")
                .noneMatch(reel -> reel.endsWith("~1"));
    }

    @Test
    void isARecordOfAnUnknownLayoutToWhoDoesNotKnowIt() throws IOException {
        TapeStand stand = stand(10);
        stand.reelOf(1);
        stand.pack();
        Path file = VerificationTest.queueFile(stand, stand.tape.reelNames().get(0));
        Path reel = Files.createDirectories(directory.resolve("older"));
        byte[] content = Files.readAllBytes(file);
        Files.write(reel.resolve("20261125.cq4"), asFormTwo(content));

        List<Bytes> found = new ArrayList<>();
        new ChronicleReels().scan(reel, new ReelScan() {
            @Override
            public void record(Place place, Bytes record) {
                found.add(record);
            }

            @Override
            public void damage(Place place, String what) {}
        });

        assertThat(found.get(0)).matches(RecordCodec::isNewer);
    }

    @Test
    void isReadTheSameWhileItIsPacked() throws Exception {
        TapeStand stand = stand(11);
        for (int i = 0; i < 12; i++) {
            stand.reelOf(20);
        }
        List<Placed> before = all(stand);
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> reading = thread.submit(() -> {
            int times = 0;
            while (!isOver.get() || times == 0) {
                assertThat(all(stand)).isEqualTo(before);
                assertThat(stand.verify().faults()).isEmpty();
                times++;
            }
            return times;
        });

        stand.pack();
        isOver.set(true);

        assertThat(reading.get()).isPositive();
        thread.shutdown();
    }

    @Test
    void isReadTheSameAfterItsPackerWasKilled() throws Exception {
        TapeStand stand = stand(12);
        for (int i = 0; i < 25; i++) {
            stand.reelOf(20);
        }
        List<Placed> before = all(stand);
        Random random = new Random(12);
        int left = stand.tape.reelNames().size();
        for (int kills = 0; left > 0; kills++) {
            PackingChild.killAfter(2 + random.nextInt(5), stand.tape.directory());

            assertThat(all(stand)).as("kill %d", kills).isEqualTo(before);
            assertThat(stand.verify().faults()).as("kill %d", kills).isEmpty();
            int due = new Packing(stand.tape).due(Duration.ZERO, Instant.now()).size();
            assertThat(due).as("kill %d", kills).isLessThan(left);
            left = due;
        }
    }

    private static List<Placed> all(TapeStand stand) {
        List<Placed> records = new ArrayList<>();
        try (TapeCursor cursor = stand.tape.cursor(Map.of())) {
            for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                records.add(next.get());
            }
        }
        return records;
    }

    /** As a newer version may pack: its table at the beginning alone, with a checksum that fits. */
    private static byte[] asFormTwo(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        byte[] table = Arrays.copyOf(content, Integer.BYTES + bytes.getInt(0));
        String form = "qmptape pack ";
        int at = new String(table, StandardCharsets.ISO_8859_1).indexOf(form) + form.length();
        assertThat(table[at]).isEqualTo((byte) '1');
        table[at] = '2';
        int kind = Integer.BYTES + 1;
        Bytes record = HostileTapeTest.withChecksum(Arrays.copyOfRange(table, kind, table.length - Integer.BYTES));
        record.copyTo(table, kind);
        return table;
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int old = open.read();
            open.seek(at);
            open.write(old ^ 1);
        }
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
