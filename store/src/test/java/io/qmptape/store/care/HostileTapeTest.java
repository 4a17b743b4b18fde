package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.Seal.Replaced;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.store.packing.Packer;
import io.qmptape.store.packing.ReelBytes;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tape from somebody who means ill. */
@Timeout(60)
final class HostileTapeTest {
    @TempDir
    Path directory;

    private TapeStand stand;
    private List<SessionRecord> session;

    @BeforeEach
    void record() {
        stand = new TapeStand(directory.resolve("tape"), 1);
        session = stand.reelOf(1).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./../../precious", "../../precious", ".", ".."})
    void takesNothingAwayOutsideTheTapeThatTheLedgerNames(String name) throws IOException {
        Path precious = precious();
        append("\"removed\":\"" + name + "\",\"why\":\"pruned\",\"into\":\"\",\"sessions\":[]");

        careInAllWays();

        assertThat(precious.resolve("file")).hasContent("precious");
        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./../../precious", "../../precious"})
    void takesNothingAwayOutsideTheTapeThatASealNames(String name) throws IOException {
        Path precious = precious();
        String reel = stand.tape.reelNames().get(0);
        Path path = stand.tape.reels().path(reel);
        Seal seal = SealFile.read(path);
        Files.delete(path.resolve("seal"));
        Replaced replaced = new Replaced(name, "deleted", List.of());
        SealFile.write(path, new Seal(reel, 0, seal.files(), seal.sessions(), Optional.of(replaced)));
        Files.delete(stand.tape.directory().resolve("ledger"));

        careInAllWays();

        assertThat(precious.resolve("file")).hasContent("precious");
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.tape.ledger().read().removed())
                .extracting(Removed::reel)
                .doesNotContain(name);
    }

    @Test
    void keepsASessionBesideARecordThatHoldsNonsenseUnderAFittingChecksum() throws IOException {
        List<SessionRecord> open = TapeStand.unfinished(stand.reelOf(1).get(0));
        Path reel = stand.tape.reels().path("20261122T163454.803Z-5e2e3047");
        try (ReelWriter writer = new ChronicleReels().create(reel)) {
            writer.append(withChecksum(new byte[] {1, 2, 3}));
            writer.append(withChecksum(impossibleTime()));
        }
        assertThat(stand.verify().faults()).isNotEmpty();

        careInAllWays();

        assertThat(stand.verify().faults()).isEmpty();
        assertThat(open).isNotEmpty();
    }

    @Test
    void leavesADirectoryThatLooksLikeAQueue() throws IOException {
        Path reel = stand.tape.reels().path(stand.tape.reelNames().get(0));
        Files.createDirectory(reel.resolve("20261123.cq4"));
        assertThat(stand.verify().faults()).isNotEmpty();

        careInAllWays();

        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/random"})
    void followsNoLinksOutOfAReel(String target) throws IOException {
        Path reel = stand.tape.reels().path(stand.tape.reelNames().get(0));
        Files.createSymbolicLink(reel.resolve("20261123.cq4"), Path.of(target));
        Files.createSymbolicLink(reel.resolve("other"), Path.of(target));
        assertThat(stand.verify().faults()).isNotEmpty();

        careInAllWays();

        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void refusesASealThatIsTooLongToBeOne() throws IOException {
        String reel = stand.tape.reelNames().get(0);
        grow(stand.tape.reels().path(reel).resolve("seal"), 3L << 30);

        assertThatThrownBy(() -> stand.tape.reels().seal(reel)).isInstanceOf(IOException.class);
        careInAllWays();

        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void refusesALedgerThatIsTooLongToBeOne() throws IOException {
        grow(stand.tape.directory().resolve("ledger"), 3L << 30);

        assertThatThrownBy(() -> stand.tape.ledger().read()).hasMessageContaining("cannot read");
    }

    @ParameterizedTest(name = "packed: {0}")
    @ValueSource(booleans = {false, true})
    void searchesAReelFullOfFalseBeginningsOnlySoLong(boolean isPacked) throws IOException {
        String reel = stand.tape.reelNames().get(0);
        Path file = VerificationTest.queueFile(stand, reel);
        byte[] trap = new byte[16 << 20];
        ByteBuffer words = ByteBuffer.wrap(trap).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            words.putInt(1 << 16);
        }
        words.putInt(0, -1);
        Files.write(file, trap);
        if (isPacked) {
            try (ReelBytes bytes = ReelBytes.open(file)) {
                Files.delete(file);
                Packer.pack(bytes, file, room -> {});
            }
        }

        assertThat(stand.verify().faults()).isNotEmpty();
    }

    /** As whoever can write to the tape can: with a hash that fits. */
    private void append(String entry) throws IOException {
        LedgerState state = stand.tape.ledger().read();
        String content =
                "{\"n\":" + (state.lines().size() + 1) + ",\"at\":\"2030-01-01T00:00:00Z\",\"by\":\"me\"," + entry;
        String line = content + ",\"hash\":\"" + Sha256.of(state.head() + content) + "\"}\n";
        Files.writeString(stand.tape.directory().resolve("ledger"), line, StandardOpenOption.APPEND);
    }

    private void careInAllWays() {
        try {
            Recovery.of(stand.tape, new SystemClock());
        } catch (UncheckedIOException toBeRepaired) {
            assertThat(toBeRepaired).hasMessageContaining("repair");
        }
        Repair.of(stand.tape, new SystemClock());
        Pruning.of(
                stand.tape,
                RetentionLimits.none().withFreeBytes(1),
                new SystemClock().pair().wall());
    }

    private Path precious() throws IOException {
        Path precious = directory.resolve("precious");
        PrivateFiles.makeDirectory(precious);
        Files.writeString(precious.resolve("file"), "precious");
        return precious;
    }

    private static byte[] impossibleTime() {
        ByteBuffer record = ByteBuffer.allocate(200);
        record.put((byte) 1).put((byte) 5).putLong(1).putLong(2).putLong(3);
        record.putLong(0).putLong(Long.MAX_VALUE).putInt(Integer.MAX_VALUE).putInt(0);
        return Arrays.copyOf(record.array(), record.position());
    }

    static Bytes withChecksum(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return Bytes.lend(ByteBuffer.allocate(body.length + Integer.BYTES)
                .put(body)
                .putInt((int) crc.getValue())
                .array());
    }

    private static void grow(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }
}
