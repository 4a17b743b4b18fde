package io.qmptape.store.care;

import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.NewerFormException;
import java.io.IOException;
import java.time.Duration;

/**
 * Whoever changes what is on a tape already does so alone; recorders are not hindered. Nobody does where a newer qmptape was:
 * what this version does not know would look to it like damage.
 */
final class CareLock {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private CareLock() {}

    /** @throws TapeException if there is no tape, or a newer one */
    static FileMutex of(Tape tape) {
        tape.identity();
        FileMutex lock = FileMutex.acquire(tape.directory().resolve("care.lock"), PATIENCE);
        try {
            refuseNewer(tape);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void refuseNewer(Tape tape) {
        LedgerState ledger = tape.ledger().read();
        if (ledger.isNewer()) {
            throw new TapeException(ledger.fault().orElseThrow());
        }
        for (String reel : tape.reels().all()) {
            try {
                tape.reels().seal(reel);
            } catch (NewerFormException e) {
                throw new TapeException("reel " + reel + ": " + Reason.of(e), e);
            } catch (IOException damaged) {
                // that is for Repair
                continue;
            }
        }
    }
}
