package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.files.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerificationTest {
    private static final int FLIPS = 1500;

    @TempDir
    Path directory;

    @Test
    void findsNothingWrongWithASoundTape() {
        TapeStand stand = stand(1);
        List<List<SessionRecord>> sessions = stand.reelOf(5);
        List<SessionRecord> spread = stand.sessionOver(3);

        VerifyReport report = stand.verify();

        assertThat(report.faults()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.reels()).isEqualTo(4);
        assertThat(report.sessions()).isEqualTo(6);
        long records = sessions.stream().mapToLong(List::size).sum() + spread.size();
        assertThat(report.records()).as("with two continuations").isEqualTo(records + 2);
    }

    @ParameterizedTest(name = "seed {0}, packed: {1}")
    @CsvSource({"1, false", "2, false", "3, true", "4, true"})
    void findsAnyByteThatIsFlipped(long seed, boolean isPacked) throws IOException {
        TapeStand stand = stand(seed);
        stand.reelOf(3);
        stand.sessionOver(2);
        if (isPacked) {
            stand.pack();
        }
        List<Path> files = stand.files();
        Random random = new Random(seed);

        for (int i = 0; i < FLIPS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            long at = position(file, random);
            int bit = 1 << random.nextInt(8);
            flip(file, at, bit);
            assertThat(stand.verify().faults())
                    .as("seed %d, flip %d: bit %d of byte %d of %s", seed, i, bit, at, file)
                    .isNotEmpty();
            flip(file, at, bit);
        }

        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void namesTheFirstBadRecord() throws IOException {
        TapeStand stand = stand(3);
        stand.reelOf(1);
        String reel = stand.tape.reelNames().get(0);
        Path file = queueFile(stand, reel);
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        // the third record: behind the opening and one message
        int at = text.indexOf("qemu-2.1", text.indexOf("qemu-2.1") + 1);
        flip(file, at, 1);

        List<Fault> faults = stand.verify().faults();

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.reel()).isEqualTo(reel);
            assertThat(fault.place()).matches("record 3 \\(" + file.getFileName() + " at \\d+\\)");
            assertThat(fault.what()).contains("checksum");
        });
    }

    @Test
    void findsAReelThatWasTakenAway() throws IOException {
        TapeStand stand = stand(4);
        stand.reelOf(1);
        stand.reelOf(1);
        String reel = stand.tape.reelNames().get(0);
        PrivateFiles.deleteTree(stand.tape.reels().path(reel));

        assertThat(stand.verify().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.reel()).isEqualTo(reel);
            assertThat(fault.what()).contains("is not there");
        });
    }

    @Test
    void findsAReelThatWasPutThere() throws IOException {
        TapeStand stand = stand(5);
        stand.reelOf(1);
        TapeStand other = new TapeStand(directory.resolve("other"), 6);
        other.reelOf(1);
        String foreign = other.tape.reelNames().get(0);
        Files.move(other.tape.reels().path(foreign), stand.tape.reels().path(foreign));

        assertThat(stand.verify().faults())
                .extracting(Fault::what)
                .containsExactly("it is sealed, and the ledger does not know it");
    }

    @Test
    void showsByItsHeadThatTheLedgersEndWasCutOff() throws IOException {
        TapeStand stand = stand(7);
        stand.reelOf(1);
        stand.reelOf(1);
        String head = stand.verify().head();
        Path ledger = stand.tape.directory().resolve("ledger");
        List<String> lines = Files.readAllLines(ledger);
        PrivateFiles.deleteTree(stand.tape.reels().path(stand.tape.reelNames().get(1)));
        Files.writeString(ledger, lines.get(0) + "\n");

        VerifyReport report = stand.verify();

        assertThat(report.faults()).isEmpty();
        assertThat(head).startsWith("2:");
        assertThat(stand.tape.ledger().read().holds(head)).isFalse();
    }

    @Test
    void readsAReelThatIsBeingWrittenAsFarAsItIs() {
        TapeStand stand = stand(8);
        stand.reelOf(1);
        List<SessionRecord> live = TapeStand.unfinished(stand(9).reelOf(1).get(0));
        try (var writer = new io.qmptape.store.TapeWriter(stand.tape)) {
            live.forEach(record -> writer.append(record, 0));

            VerifyReport report = stand.verify();

            assertThat(report.faults()).isEmpty();
            assertThat(report.notes()).singleElement().asString().contains("is being written");
            assertThat(report.sessions()).isEqualTo(2);
        }
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }

    static Path queueFile(TapeStand stand, String reel) {
        return stand.files().stream()
                .filter(file -> file.startsWith(stand.tape.reels().path(reel))
                        && file.toString().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
    }

    /** Mostly where there is something: most of a queue's file is zeros. */
    private static long position(Path file, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int tries = random.nextInt(40); tries >= 0; tries--) {
            int at = random.nextInt(content.length);
            if (content[at] != 0 || tries == 0) {
                return at;
            }
        }
        throw new IllegalStateException();
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int old = open.read();
            open.seek(at);
            open.write(old ^ bit);
        }
    }
}
