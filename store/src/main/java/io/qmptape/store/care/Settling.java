package io.qmptape.store.care;

import io.qmptape.store.Counting;
import io.qmptape.store.ReelContents;
import io.qmptape.store.ReelFolder;
import io.qmptape.store.Tape;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends what died in the middle of its work, but for the sessions that were open: seals the reels of dead recorders as they
 * are, and takes interrupted care to its end. All care begins with it: else a session would be deleted from the reel that is
 * read, and stay in the one that this had replaced. To be done with the {@link CareLock}.
 */
final class Settling {
    private final Tape tape;
    private final ReelFolder reels;

    private Settling(Tape tape) {
        this.tape = tape;
        this.reels = tape.reels();
    }

    /** @return the reels that were sealed now */
    static List<String> of(Tape tape) {
        try {
            return new Settling(tape).settle();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot recover the tape " + tape.directory() + ": " + Reason.of(e), e);
        }
    }

    /** The seal of a reel that can be read and is that reel's. */
    static Optional<Seal> soundSeal(ReelFolder reels, String reel) {
        try {
            return reels.seal(reel).filter(seal -> seal.reel().equals(reel));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private List<String> settle() throws IOException {
        reels.sweep();
        LedgerState ledger = tape.ledger().read();
        endInterrupted(ledger);
        // a reel that lost its seal is damaged: that is for Repair
        Set<String> known = ledger.reels().keySet();
        return reels.all().stream()
                .filter(reel -> !reels.isSealed(reel) && !known.contains(reel))
                .filter(this::seal)
                .toList();
    }

    /** What stood between a seal and the ledger, or between the ledger and the deletion, when its process died. */
    private void endInterrupted(LedgerState ledger) throws IOException {
        Map<String, String> known = ledger.reels();
        for (Removed removed : ledger.removed()) {
            // what was lost and is here again was not to be removed
            if (!known.containsKey(removed.reel()) && !removed.why().equals(Repair.LOST)) {
                reels.remove(removed.reel());
            }
        }
        for (String reel : reels.all()) {
            Optional<Seal> seal = soundSeal(reels, reel).filter(found -> !isEntered(found, known));
            if (seal.isPresent() && !reels.isBeingWritten(reel)) {
                tape.enter(seal.get());
            }
        }
    }

    /** Both that it is there and that another is not: a full disk can let the first line into the ledger alone. */
    private static boolean isEntered(Seal seal, Map<String, String> known) {
        return known.containsKey(seal.reel())
                && seal.replaced().filter(old -> known.containsKey(old.reel())).isEmpty();
    }

    /** False while its writer lives. */
    private boolean seal(String reel) {
        Optional<FileMutex> lock = reels.tryLock(reel);
        if (lock.isEmpty()) {
            return false;
        }
        try {
            return reels.isSealed(reel) || sealAsItIs(reel);
        } finally {
            lock.get().closeAndDelete();
        }
    }

    private boolean sealAsItIs(String reel) {
        ReelContents contents = new ReelContents();
        try {
            reels.scan(reel, new Counting(contents));
        } catch (UncheckedIOException unreadable) {
            // whoever verifies the tape hears of it; the others can still be cared for
            return false;
        }
        tape.seal(reel, contents);
        return true;
    }
}
