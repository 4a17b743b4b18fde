package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.ledger.LedgerEntry;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process died in the middle of its work on a tape; the next one does something else with it. */
final class InterruptedCareTest {
    @TempDir
    Path directory;

    @Test
    void deletesWhatAReelStillHoldsThatWasWrittenAnewAndNotTakenAway() throws IOException {
        TapeStand stand = stand(1);
        List<List<SessionRecord>> sessions = stand.reelOf(3);
        SessionId second = TapeStand.id(sessions.get(1));
        publishedOnly(stand, TapeStand.id(sessions.get(0)));

        Deletion.of(stand.tape, second);

        assertThat(stand.tape.reels().all()).hasSize(1);
        assertThat(stand.files()).noneMatch(file -> TapeStand.holds(file, DeletionTest.bytes(second)));
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void deletesASessionThatADeadRecorderLeft() {
        TapeStand stand = stand(2);
        List<SessionRecord> left = stand.leaveOpen();

        long records = Deletion.of(stand.tape, TapeStand.id(left));

        assertThat(records).isEqualTo(left.size());
        assertThat(stand.tape.sessions()).isEmpty();
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void takesTheOldReelAwayWhoseTombstoneDidNotComeIntoTheLedger() throws IOException {
        TapeStand stand = stand(4);
        List<List<SessionRecord>> sessions = stand.reelOf(2);
        Path ledger = publishedOnly(stand, TapeStand.id(sessions.get(0)));
        String reel = stand.tape.reelNames().get(0);
        List<LedgerEntry> entries = List.of(new LedgerEntry.Sealed(reel, hash(stand, reel), 1, 1));
        stand.tape.ledger().append(entries);
        assertThat(Files.readAllLines(ledger)).hasSize(2);

        Recovery.of(stand.tape, new SystemClock());

        assertThat(stand.tape.reels().all()).containsExactly(reel);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void knowsADraftOfASealForWhatItIs() throws IOException {
        TapeStand stand = stand(5);
        stand.reelOf(1);
        Path reel = stand.tape.reels().path(stand.tape.reelNames().get(0));
        Files.copy(reel.resolve("seal"), reel.resolve("seal123.new"));

        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void mendsASessionOfWhichOneReelWasRedactedAndTheNextWasNot() throws IOException {
        TapeStand stand = stand(6);
        SessionId id = TapeStand.id(stand.sessionOver(3));
        Rewriting half = new Rewriting(stand.tape, "redacted");
        half.salvage(
                stand.tape.reelNames().get(0),
                stand.tape
                        .reels()
                        .seal(stand.tape.reelNames().get(0))
                        .orElseThrow()
                        .sessions(),
                record -> record instanceof FrameRecorded ? List.of() : List.of(record));
        assertThat(stand.verify().faults()).isNotEmpty();

        Repair.of(stand.tape, new SystemClock());

        assertThat(stand.verify().faults()).isEmpty();
        assertThat(stand.read(id)).isNotEmpty();
    }

    @Test
    void makesNoReelForASessionWhoseBeginningIsNotThere() {
        TapeStand stand = stand(7);
        List<SessionRecord> records = TapeStand.unfinished(stand(8).reelOf(1).get(0));
        TapeWriter writer = new TapeWriter(stand.tape);
        records.subList(1, records.size()).forEach(record -> writer.append(record, 0));
        writer.abandon();

        assertThat(Recovery.of(stand.tape, new SystemClock()).sessions()).isEmpty();
        assertThat(Recovery.of(stand.tape, new SystemClock()).sessions()).isEmpty();

        assertThat(stand.tape.reelNames()).hasSize(1);
    }

    @Test
    void takesAReelInAgainThatWasThoughtToBeLost() throws IOException {
        TapeStand stand = stand(9);
        List<SessionRecord> session = stand.reelOf(1).get(0);
        Path reel = stand.tape.reels().path(stand.tape.reelNames().get(0));
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(reel, elsewhere);
        Repair.of(stand.tape, new SystemClock());
        Files.move(elsewhere, reel);

        Recovery.of(stand.tape, new SystemClock());

        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    @Test
    void mendsATapeWhoseLedgerIsGoneAlthoughReelsWerePruned() throws IOException {
        TapeStand stand = stand(10);
        stand.sessionOver(3);
        new Rewriting(stand.tape, "pruned").drop(stand.tape.reelNames().get(0), List.of());
        Files.delete(stand.tape.directory().resolve("ledger"));

        Repair.of(stand.tape, new SystemClock());

        assertThat(stand.verify().faults()).isEmpty();
        assertThat(Repair.of(stand.tape, new SystemClock())).isEmpty();
    }

    @Test
    void remembersWhichReelsWereThereWhenTheLedgerIsBegunAnew() throws IOException {
        TapeStand stand = stand(11);
        stand.reelOf(1);
        stand.reelOf(1);
        String taken = stand.tape.reelNames().get(0);
        PrivateFiles.deleteTree(stand.tape.reels().path(taken));
        Path ledger = stand.tape.directory().resolve("ledger");
        Files.writeString(ledger, Files.readString(ledger) + "nonsense\n");

        List<String> told = Repair.of(stand.tape, new SystemClock());

        assertThat(told).anySatisfy(line -> assertThat(line).contains(taken, "lost"));
    }

    @Test
    void leavesNoLocksOfWhatIsNotThere() throws IOException {
        TapeStand stand = stand(12);
        stand.reelOf(1);
        Path locks = stand.tape.directory().resolve("locks");
        Files.createFile(locks.resolve(stand.tape.reelNames().get(0) + "~1"));

        Recovery.of(stand.tape, new SystemClock());

        assertThat(locks).isEmptyDirectory();
    }

    @Test
    void packsWhatAnInterruptedPackingLeft() throws IOException {
        TapeStand stand = stand(13);
        List<SessionRecord> session = stand.reelOf(1).get(0);
        String reel = stand.tape.reelNames().get(0);
        Path plain = directory.resolve("plain");
        RecoveryTest.copyTree(stand.tape.reels().path(reel), plain);
        stand.pack();
        // one file in place, of the other a draft that is not whole
        Path queue = VerificationTest.queueFile(stand, reel);
        byte[] packed = Files.readAllBytes(queue);
        Files.copy(plain.resolve(queue.getFileName()), queue, StandardCopyOption.REPLACE_EXISTING);
        Path draft = stand.tape.reels().draftOfFile(reel);
        Files.write(draft, Arrays.copyOf(packed, packed.length / 2));

        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
        Recovery.of(stand.tape, new SystemClock());
        assertThat(draft).doesNotExist();
        stand.pack();

        assertThat(queue).hasBinaryContent(packed);
        assertThat(stand.read(TapeStand.id(session))).isEqualTo(session);
        assertThat(stand.verify().faults()).isEmpty();
    }

    /** As a deletion that was killed when the reel's next generation was there, and nothing was in the ledger. */
    private Path publishedOnly(TapeStand stand, SessionId gone) throws IOException {
        Path ledger = stand.tape.directory().resolve("ledger");
        String before = Files.readString(ledger);
        Path old = stand.tape.reels().path(stand.tape.reelNames().get(0));
        Path copy = directory.resolve("copy");
        RecoveryTest.copyTree(old, copy);
        Deletion.of(stand.tape, gone);
        RecoveryTest.copyTree(copy, old);
        Files.writeString(ledger, before);
        return ledger;
    }

    private static String hash(TapeStand stand, String reel) throws IOException {
        return SealFile.hash(stand.tape.reels().path(reel));
    }

    private TapeStand stand(long seed) {
        return new TapeStand(directory.resolve("tape" + seed), seed);
    }
}
