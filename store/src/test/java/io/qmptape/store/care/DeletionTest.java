package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.store.DelegatingReels;
import io.qmptape.store.ReelScan;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.TapeException;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeletionTest {
    @TempDir
    Path directory;

    @Test
    void takesASessionOutOfItsReelAndLeavesATombstone() {
        TapeStand stand = stand(1);
        List<List<SessionRecord>> sessions = stand.reelOf(3);
        SessionId gone = TapeStand.id(sessions.get(1));
        SessionPart was = partOf(stand, gone);

        long records = Deletion.of(stand.tape, gone);

        assertThat(records).isEqualTo(sessions.get(1).size());
        assertThat(stand.tape.sessions())
                .extracting(SessionSummary::id)
                .doesNotContain(gone)
                .hasSize(2);
        assertThat(stand.read(TapeStand.id(sessions.get(0)))).isEqualTo(sessions.get(0));
        assertThat(stand.read(TapeStand.id(sessions.get(2)))).isEqualTo(sessions.get(2));
        assertThat(stand.tape.ledger().read().removed()).singleElement().satisfies(stone -> {
            assertThat(stone.why()).isEqualTo("deleted");
            assertThat(stone.into()).isEqualTo(stand.tape.reelNames().get(0));
            assertThat(stone.removed()).containsExactly(was);
        });
        VerifyReport report = stand.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("deleted by", records + " records of 1 sessions");
    }

    @Test
    void leavesNoByteOfItInAnyFile() throws Exception {
        TapeStand stand = stand(2);
        SessionId gone = TapeStand.id(stand.reelOf(2).get(0));
        byte[] id = bytes(gone);
        assertThat(stand.files()).anyMatch(file -> TapeStand.holds(file, id));

        Deletion.of(stand.tape, gone);

        assertThat(stand.files()).noneMatch(file -> TapeStand.holds(file, id));
    }

    @Test
    void takesAWholeReelAwayIfNothingElseIsInIt() {
        TapeStand stand = stand(3);
        List<SessionRecord> kept = stand.reelOf(1).get(0);
        SessionId gone = TapeStand.id(stand.sessionOver(3));
        assertThat(stand.tape.reelNames()).hasSize(4);

        Deletion.of(stand.tape, gone);

        assertThat(stand.tape.reels().all()).hasSize(1);
        assertThat(stand.tape.ledger().read().removed())
                .hasSize(3)
                .extracting(Removed::into)
                .containsOnly("");
        assertThat(stand.read(TapeStand.id(kept))).isEqualTo(kept);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void refusesWhatIsStillBeingRecorded() {
        TapeStand stand = stand(4);
        List<SessionRecord> live = TapeStand.unfinished(stand(5).reelOf(1).get(0));
        try (TapeWriter writer = new TapeWriter(stand.tape)) {
            live.forEach(record -> writer.append(record, 0));

            assertThatThrownBy(() -> Deletion.of(stand.tape, TapeStand.id(live)))
                    .isInstanceOf(TapeException.class)
                    .hasMessageContaining("still being recorded");
        }
    }

    @Test
    void refusesWhatARecorderTakesIntoItsNextReelMeanwhile() {
        RollingReels reels = new RollingReels();
        TapeStand stand = new TapeStand(directory.resolve("tape"), 6, reels);
        List<SessionRecord> live = TapeStand.unfinished(stand.session());
        List<TapeWriter> begun = new ArrayList<>();
        try (TapeWriter other = new TapeWriter(stand.tape);
                TapeWriter full = new TapeWriter(stand.tape)) {
            TapeStand.unfinished(stand.session()).forEach(record -> other.append(record, 0));
            live.forEach(record -> full.append(record, 0));
            reels.roll = () -> {
                TapeWriter next = new TapeWriter(stand.tape);
                begun.add(next);
                next.append(stand.continuation(live, full), 0);
                full.close();
            };

            assertThatThrownBy(() -> Deletion.of(stand.tape, TapeStand.id(live)))
                    .isInstanceOf(TapeException.class)
                    .hasMessageContaining("still being recorded");
        }
        assertThat(stand.tape.ledger().read().removed()).isEmpty();
        assertThat(begun).hasSize(1).allSatisfy(TapeWriter::close);
    }

    /** A recorder begins its next reel when somebody first looks into one that is being written. */
    private static final class RollingReels extends DelegatingReels {
        private Runnable roll = () -> {};

        @Override
        public void scan(Path reel, ReelScan sink) {
            super.scan(reel, sink);
            Runnable once = roll;
            roll = () -> {};
            once.run();
        }
    }

    private static SessionPart partOf(TapeStand stand, SessionId id) {
        return Finishing.of(stand.tape, id, Patience.usual()).get(0).sessions().stream()
                .filter(part -> part.session().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static byte[] bytes(SessionId id) {
        return java.nio.ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
