package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class PruningTest {
    private static final Instant IN_A_MONTH = Instant.now().plus(Duration.ofDays(30));
    private static final RetentionLimits A_WEEK = RetentionLimits.none().withAge(Duration.ofDays(7));

    @TempDir
    Path directory;

    @Test
    void takesWhatIsTooOldAndLeavesATombstone() {
        TapeStand stand = stand(1);
        stand.reelOf(2);
        stand.reelOf(1);

        List<Pruning.Cut> cuts = Pruning.of(stand.tape, A_WEEK, IN_A_MONTH);

        assertThat(cuts).hasSize(2).allMatch(Pruning.Cut::isWhole);
        assertThat(stand.tape.sessions()).isEmpty();
        assertThat(stand.tape.ledger().read().removed())
                .hasSize(2)
                .allMatch(stone -> stone.why().equals("pruned"));
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void takesNothingThatIsYoungEnough() {
        TapeStand stand = stand(2);
        stand.reelOf(1);

        assertThat(Pruning.of(stand.tape, A_WEEK, Instant.now())).isEmpty();
        assertThat(stand.tape.sessions()).hasSize(1);
    }

    @Test
    void onlySaysWhatItWouldTake() {
        TapeStand stand = stand(3);
        stand.reelOf(1);

        assertThat(Pruning.plan(stand.tape, A_WEEK, IN_A_MONTH)).hasSize(1);
        assertThat(stand.tape.sessions()).hasSize(1);
    }

    @Test
    void takesTheOldestFirstUntilTheTapeIsSmallEnough() {
        TapeStand stand = stand(4);
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sessions.add(TapeStand.id(stand.reelOf(1).get(0)));
        }
        long each = Pruning.diskBytes(stand.tape.reels(), stand.tape.reelNames().get(0));

        Pruning.of(stand.tape, RetentionLimits.none().withBytes(each * 5 / 2), Instant.now());

        assertThat(stand.tape.sessions())
                .extracting(SessionSummary::id)
                .isNotEmpty()
                .isEqualTo(sessions.subList(5 - stand.tape.reelNames().size(), 5));
        assertThat(size(stand)).isLessThanOrEqualTo(each * 5 / 2);
    }

    @Test
    void keepsAPinnedSessionThatSharesItsReel() {
        TapeStand stand = stand(5);
        List<List<SessionRecord>> sessions = stand.reelOf(3);
        SessionId pinned = TapeStand.id(sessions.get(1));
        stand.tape.ledger().append(List.of(new Pinned(pinned)));

        List<Pruning.Cut> cuts = Pruning.of(stand.tape, A_WEEK, IN_A_MONTH);

        assertThat(cuts).singleElement().satisfies(cut -> {
            assertThat(cut.isWhole()).isFalse();
            assertThat(cut.parts()).hasSize(2);
        });
        assertThat(stand.read(pinned)).isEqualTo(sessions.get(1));
        assertThat(stand.tape.sessions()).hasSize(1);
        assertThat(Pruning.of(stand.tape, A_WEEK, IN_A_MONTH)).isEmpty();
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void keepsAPinnedSessionInAllItsReels() {
        TapeStand stand = stand(6);
        List<SessionRecord> pinned = stand.sessionOver(4);
        stand.tape.ledger().append(List.of(new Pinned(TapeStand.id(pinned))));

        assertThat(Pruning.of(stand.tape, A_WEEK, IN_A_MONTH)).isEmpty();
        assertThat(stand.read(TapeStand.id(pinned))).isEqualTo(pinned);
    }

    @Test
    void takesTheBeginningOfASessionThatGoesOnInLaterReels() {
        TapeStand stand = stand(7);
        List<SessionRecord> long_ = stand.sessionOver(3);
        String first = stand.tape.reelNames().get(0);
        long all = size(stand);

        Pruning.of(stand.tape, RetentionLimits.none().withBytes(all - 1), Instant.now());

        assertThat(stand.tape.reelNames()).hasSize(2).doesNotContain(first);
        assertThat(stand.tape.sessions()).extracting(SessionSummary::opened).containsExactly((Opened) long_.get(0));
        List<SessionRecord> rest = stand.read(TapeStand.id(long_));
        assertThat(rest.get(0)).isEqualTo(long_.get(0));
        assertThat(rest.subList(1, rest.size())).isEqualTo(long_.subList(long_.size() - rest.size() + 1, long_.size()));
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void takesAnEmptyReelThatIsTooOld() {
        TapeStand stand = stand(10);
        new TapeWriter(stand.tape).abandon();
        stand.reelOf(1);

        assertThat(Pruning.of(stand.tape, A_WEEK.of("web"), IN_A_MONTH))
                .noneMatch(cut -> cut.parts().isEmpty());
        assertThat(Pruning.of(stand.tape, A_WEEK, Instant.now())).isEmpty();
        Pruning.of(stand.tape, A_WEEK, IN_A_MONTH);

        assertThat(stand.tape.reelNames()).isEmpty();
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void takesOnlyTheSessionsOfOneMachine() {
        TapeStand stand = stand(8);
        stand.reelOf(8);
        long ofIt = stand.tape.sessions().stream().filter(PruningTest::isWeb).count();
        assertThat(ofIt).isBetween(1L, 7L);

        Pruning.of(stand.tape, A_WEEK.of("web"), IN_A_MONTH);

        assertThat(stand.tape.sessions()).hasSize(8 - (int) ofIt).noneMatch(PruningTest::isWeb);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsAboutWhatAReelTakesOnTheDisk() throws IOException {
        TapeStand stand = stand(9);
        stand.reelOf(400);
        String reel = stand.tape.reelNames().get(0);

        long blocks = du(stand.tape.reels().path(reel));

        assertThat((double) Pruning.diskBytes(stand.tape.reels(), reel)).isBetween(blocks * 0.8, blocks * 1.2);
    }

    private static boolean isWeb(SessionSummary session) {
        return session.opened().machine().name().equals("web");
    }

    private static long size(TapeStand stand) {
        return stand.tape.reelNames().stream()
                .mapToLong(reel -> Pruning.diskBytes(stand.tape.reels(), reel))
                .sum();
    }

    static long du(Path directory) throws IOException {
        Process du = new ProcessBuilder("du", "-s", "-B1", directory.toString()).start();
        String out = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(out.split("\t", 2)[0]);
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
