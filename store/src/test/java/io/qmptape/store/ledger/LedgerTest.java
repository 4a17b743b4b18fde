package io.qmptape.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.store.ledger.LedgerEntry.Begun;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerEntry.Sealed;
import io.qmptape.store.ledger.LedgerEntry.Unpinned;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
    private static final SessionId SESSION = SessionId.random();

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void writeIdentity() throws IOException {
        file = directory.resolve("ledger");
        Files.writeString(directory.resolve("tape"), "an identity");
    }

    @Test
    void givesBackWhatWasEntered() {
        SessionPart part = new SessionPart(SESSION, "vm \"é\u2028", 3, 99, 1, 2, "ab".repeat(32), true);
        List<LedgerEntry> entries = List.of(
                new Sealed("a", "00", 1, 3),
                new Removed("a", "pruned", "", List.of(part)),
                new Pinned(SESSION),
                new Begun("11", 7));

        ledger().append(entries.subList(0, 2));
        ledger().append(entries.subList(2, 4));

        LedgerState state = ledger().read();
        assertThat(state.fault()).isEmpty();
        assertThat(state.lines()).extracting(LedgerLine::entry).isEqualTo(entries);
        assertThat(state.lines()).extracting(LedgerLine::by).containsOnly(System.getProperty("user.name"));
        assertThat(state.lines()).extracting(LedgerLine::number).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void knowsWhichReelsShouldBeThereAndWhichSessionsArePinned() {
        SessionId other = SessionId.random();
        ledger().append(List.of(
                new Sealed("a", "00", 1, 3),
                new Sealed("b", "01", 1, 3),
                new Removed("a", "pruned", "", List.of()),
                new Pinned(SESSION),
                new Pinned(other),
                new Unpinned(SESSION)));

        assertThat(ledger().read().reels()).containsOnlyKeys("b");
        assertThat(ledger().read().pinned()).containsExactly(other);
    }

    @Test
    void goesOnBehindALineThatACrashBrokeOff() throws IOException {
        ledger().append(List.of(new Pinned(SESSION)));
        Files.writeString(file, "{\"n\":2,\"at\":", StandardOpenOption.APPEND);
        assertThat(ledger().read().isTorn()).isTrue();
        assertThat(ledger().read().lines()).hasSize(1);

        ledger().append(List.of(new Unpinned(SESSION)));

        assertThat(ledger().read().fault()).isEmpty();
        assertThat(ledger().read().isTorn()).isFalse();
        assertThat(ledger().read().lines()).hasSize(2);
    }

    @Test
    void isNotSoundWithoutOneOfItsLines() throws IOException {
        ledger().append(List.of(new Sealed("a", "00", 1, 3), new Sealed("b", "01", 1, 3), new Pinned(SESSION)));
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + lines.get(2) + "\n");

        LedgerState state = ledger().read();

        assertThat(state.fault()).hasValueSatisfying(what -> assertThat(what).startsWith("line 2 of the ledger"));
        assertThat(state.lines()).hasSize(1);
        assertThatThrownBy(() -> ledger().append(List.of(new Pinned(SESSION)))).hasMessageContaining("repair");
    }

    @Test
    void belongsToOneTapeOnly() throws IOException {
        ledger().append(List.of(new Pinned(SESSION)));
        Files.writeString(directory.resolve("tape"), "another identity");

        assertThat(ledger().read().fault()).isPresent();
    }

    @Test
    void beginsAnewBehindADamagedOne() throws IOException {
        ledger().append(List.of(new Sealed("a", "00", 1, 3)));
        String head = ledger().read().head();
        Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);

        Path aside = ledger().beginAnew();

        assertThat(Files.readString(aside)).endsWith("nonsense\n");
        assertThat(ledger().read().fault()).isEmpty();
        assertThat(ledger().read().lines())
                .extracting(LedgerLine::entry)
                .containsExactly(new Begun(head, 1), new Sealed("a", "00", 1, 3));
    }

    @Test
    void takesTheEntriesOfManyWritersAtOnce() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(writers.submit(() -> ledger().append(List.of(new Pinned(SessionId.random())))));
        }
        for (Future<?> one : all) {
            one.get();
        }
        writers.shutdown();

        assertThat(ledger().read().fault()).isEmpty();
        assertThat(ledger().read().pinned()).hasSize(40);
    }

    private Ledger ledger() {
        return new Ledger(directory, directory.resolve("tape"));
    }
}
