package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.TapeException;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer qmptape was here: this one reads what it can, and changes nothing. */
final class NewerTapeTest {
    @TempDir
    Path directory;

    private TapeStand stand;

    @BeforeEach
    void record() {
        stand = new TapeStand(directory.resolve("tape"), 1);
        stand.reelOf(2);
    }

    @Test
    void leavesATapeAloneWhoseIdentityIsNewer() throws IOException {
        Path identity = stand.tape.directory().resolve("tape");
        Files.writeString(identity, Files.readString(identity).replace("tape 1", "tape 2"));

        leavesAlone("use a newer one");
    }

    @Test
    void leavesATapeAloneWhoseLedgerTellsOfSomethingNewer() throws IOException {
        LedgerState state = stand.tape.ledger().read();
        String content = "{\"n\":" + (state.lines().size() + 1)
                + ",\"at\":\"2030-01-01T00:00:00Z\",\"by\":\"me\",\"annealed\":\"x\"";
        String line = content + ",\"hash\":\"" + Sha256.of(state.head() + content) + "\"}\n";
        Files.writeString(stand.tape.directory().resolve("ledger"), line, StandardOpenOption.APPEND);

        leavesAlone("use a newer one");
    }

    @Test
    void leavesATapeAloneThatHasANewerSeal() throws IOException {
        Path seal = stand.tape.reels().path(stand.tape.reelNames().get(0)).resolve("seal");
        Files.writeString(seal, Files.readString(seal).replace("seal 1", "seal 2"));

        leavesAlone("use a newer one");
    }

    @Test
    void leavesATapeAloneThatHasNewerRecords() {
        Path reel = stand.tape.reels().path("20261122T163454.803Z-5e2e3047");
        try (ReelWriter writer = new ChronicleReels().create(reel)) {
            writer.append(HostileTapeTest.withChecksum(new byte[] {2, 1, 77, 78, 79}));
            writer.append(Bytes.utf8("torn"));
        }

        leavesAlone("use a newer one");
    }

    private void leavesAlone(String message) {
        Map<Path, String> before = snapshot();

        refuses(() -> Recovery.of(stand.tape, new SystemClock()), message);
        refuses(() -> Repair.of(stand.tape, new SystemClock()), message);

        assertThat(snapshot()).isEqualTo(before);
        assertThat(stand.verify().faults()).isNotEmpty();
    }

    private static void refuses(ThrowingCallable care, String message) {
        assertThatThrownBy(care).isInstanceOf(TapeException.class).hasMessageContaining(message);
    }

    private Map<Path, String> snapshot() {
        Map<Path, String> files = new HashMap<>();
        List<Path> all = stand.files();
        for (Path file : all) {
            try {
                files.put(file, Sha256.of(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
