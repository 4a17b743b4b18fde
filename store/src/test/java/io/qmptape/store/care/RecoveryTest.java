package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.ledger.LedgerLine;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryTest {
    @TempDir
    Path directory;

    @Test
    void sealsTheReelOfADeadRecorderAndClosesItsSession() {
        TapeStand stand = stand(1);
        List<SessionRecord> broken = stand.leaveOpen();
        assertThat(stand.verify().faults())
                .extracting(Fault::what)
                .containsExactly("it is not sealed: its recorder died");

        Recovery.Recovered recovered = recover(stand);

        assertThat(recovered.sessions()).containsExactly(TapeStand.id(broken));
        assertThat(recovered.reels()).hasSize(1);
        assertThat(stand.verify().faults()).isEmpty();
        List<SessionRecord> read = stand.read(TapeStand.id(broken));
        assertThat(read.subList(0, broken.size())).isEqualTo(broken);
        assertThat(read).hasSize(broken.size() + 1).last().isInstanceOfSatisfying(Closed.class, end -> {
            assertThat(end.cause()).isEqualTo(CloseCause.RECORDER_DIED);
            assertThat(end.atNanos())
                    .isEqualTo(broken.stream()
                            .mapToLong(SessionRecord::atNanos)
                            .max()
                            .orElseThrow());
        });
    }

    @Test
    void changesNothingTheSecondTime() {
        TapeStand stand = stand(3);
        stand.leaveOpen();
        recover(stand);
        String head = stand.verify().head();

        Recovery.Recovered again = recover(stand);

        assertThat(again.reels()).isEmpty();
        assertThat(again.sessions()).isEmpty();
        assertThat(stand.verify().head()).isEqualTo(head);
    }

    @Test
    void leavesALiveRecorderAlone() {
        TapeStand stand = stand(5);
        try (TapeWriter live = new TapeWriter(stand.tape)) {
            TapeStand.unfinished(stand(6).reelOf(1).get(0)).forEach(record -> live.append(record, 0));

            Recovery.Recovered recovered = recover(stand);

            assertThat(recovered.reels()).isEmpty();
            assertThat(recovered.sessions()).isEmpty();
        }
    }

    @Test
    void leavesASessionAloneThatALiveRecorderGoesOnWith() {
        TapeStand stand = stand(7);
        List<SessionRecord> records = TapeStand.unfinished(stand(8).reelOf(1).get(0));
        TapeWriter full = new TapeWriter(stand.tape);
        records.forEach(record -> full.append(record, 0));
        try (TapeWriter next = new TapeWriter(stand.tape)) {
            next.append(stand.continuation(records, full), 0);
            full.close();

            assertThat(recover(stand).sessions()).isEmpty();
            assertThat(stand.verify().faults()).isEmpty();
        }
    }

    @Test
    void neverClosesWhatALiveRecorderEndsMeanwhile() throws Exception {
        TapeStand stand = stand(20);
        stand.tape.create();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> closed = thread.submit(() -> {
            int sessions = 0;
            while (!isOver.get()) {
                sessions += recover(stand).sessions().size();
            }
            return sessions;
        });

        for (int i = 0; i < 60; i++) {
            recordOverTwoReels(stand, stand(100 + i).reelOf(1).get(0));
        }
        isOver.set(true);

        assertThat(closed.get()).isZero();
        thread.shutdown();
        assertThat(stand.verify().faults()).isEmpty();
    }

    private static void recordOverTwoReels(TapeStand stand, List<SessionRecord> session) {
        TapeWriter full = new TapeWriter(stand.tape);
        List<SessionRecord> first = TapeStand.unfinished(session);
        first.forEach(record -> full.append(record, 0));
        try (TapeWriter next = new TapeWriter(stand.tape)) {
            next.append(stand.continuation(first, full), 0);
            full.close();
            next.append(session.get(session.size() - 1), 0);
        }
    }

    @Test
    void entersASealThatDidNotComeIntoTheLedger() throws IOException {
        TapeStand stand = stand(9);
        stand.reelOf(2);
        stand.reelOf(1);
        Path ledger = stand.tape.directory().resolve("ledger");
        Files.writeString(ledger, Files.readAllLines(ledger).get(0) + "\n");

        recover(stand);

        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.tape.ledger().read().lines()).hasSize(2);
    }

    @Test
    void endsADeletionThatWasInterrupted() throws IOException {
        TapeStand stand = stand(10);
        List<SessionRecord> deleted = stand.reelOf(2).get(0);
        String reel = stand.tape.reelNames().get(0);
        Path copy = directory.resolve("copy");
        copyTree(stand.tape.reels().path(reel), copy);
        Deletion.of(stand.tape, TapeStand.id(deleted));
        copyTree(copy, stand.tape.reels().path(reel));
        assertThat(stand.tape.reels().all()).hasSize(2);

        recover(stand);

        assertThat(stand.tape.reels().all()).containsExactly(reel + "~1");
        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.tape.ledger().read().lines())
                .extracting(LedgerLine::number)
                .hasSize(3);
    }

    static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Recovery.Recovered recover(TapeStand stand) {
        return Recovery.of(stand.tape, new SystemClock());
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
