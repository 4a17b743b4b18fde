package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.DelegatingReels;
import io.qmptape.store.ReelReader;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are listed without reading again what is sealed, and the list is the same. */
final class SessionListTest {
    @TempDir
    Path directory;

    private final List<String> opened = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void listsWhatItWouldListIfItReadAll(long seed) {
        TapeStand stand = stand(seed);
        stand.reelOf(3);
        stand.sessionOver(4);
        stand.leaveOpen();
        stand.reelOf(2);

        List<SessionSummary> read = stand.tape.sessions();

        assertThat(caching(stand).sessions()).as("seed %d", seed).isEqualTo(read);
        assertThat(caching(stand).sessions())
                .as("seed %d, from the cache", seed)
                .isEqualTo(read);
    }

    @Test
    void readsOnlyReelsThatAreBeingWritten() {
        TapeStand stand = stand(6);
        stand.reelOf(2);
        stand.sessionOver(3);
        caching(stand).sessions();
        try (TapeWriter live = new TapeWriter(stand.tape)) {
            List<SessionRecord> session = TapeStand.unfinished(stand.session());
            session.forEach(record -> live.append(record, 0));
            opened.clear();

            assertThat(caching(stand).sessions()).hasSize(4).anyMatch(SessionSummary::isOpen);
            assertThat(opened).containsExactly(live.reel());
        }
    }

    @Test
    void forgetsWhatWasDeleted() throws IOException {
        TapeStand stand = stand(7);
        List<List<SessionRecord>> sessions = stand.reelOf(2);
        stand.reelOf(1);
        Tape tape = caching(stand);
        assertThat(tape.sessions()).hasSize(3);

        Deletion.of(stand.tape, TapeStand.id(sessions.get(0)));

        assertThat(tape.sessions()).isEqualTo(stand.tape.sessions()).hasSize(2);
        assertThat(kept(tape)).hasSize(2);
    }

    @Test
    void countsAgainWhatWasDamagedInTheCache() throws IOException {
        TapeStand stand = stand(8);
        stand.reelOf(2);
        Tape tape = caching(stand);
        List<SessionSummary> read = tape.sessions();
        Files.writeString(kept(tape).get(0), "AQID nonsense");

        assertThat(tape.sessions()).isEqualTo(read);
        opened.clear();
        assertThat(tape.sessions()).isEqualTo(read);
        assertThat(opened).isEmpty();
    }

    private List<Path> kept(Tape tape) throws IOException {
        try (Stream<Path> files = Files.list(cache().resolve(tape.identity().id() + ".sessions"))) {
            return files.toList();
        }
    }

    private Tape caching(TapeStand stand) {
        return new Tape(stand.tape.directory(), new WatchedReels()).cachingIn(cache());
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }

    private final class WatchedReels extends DelegatingReels {
        @Override
        public Optional<ReelReader> open(Path reel) {
            opened.add(String.valueOf(reel.getFileName()));
            return super.open(reel);
        }
    }
}
