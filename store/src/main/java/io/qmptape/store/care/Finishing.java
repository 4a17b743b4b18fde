package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelFolder;
import io.qmptape.store.ReelScan;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.Seal;
import io.qmptape.traffic.SessionId;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Gets all of a session into sealed reels. Where it has ended and lies in a reel that is still being written, the recorder of
 * that is asked to end it, and goes on in its next reel with what is open. To be done with the {@link CareLock}.
 */
final class Finishing {
    private static final long PAUSE_NANOS = 5_000_000;

    private final Tape tape;
    private final ReelFolder reels;
    private final SessionId session;
    private final Patience patience;

    private Finishing(Tape tape, SessionId session, Patience patience) {
        this.tape = tape;
        this.reels = tape.reels();
        this.session = session;
        this.patience = patience;
    }

    /**
     * The seals of the reels that hold something of a session, in the order of the tape.
     *
     * @throws TapeException if it has not ended, or a recorder does not end its reel
     */
    static List<Seal> of(Tape tape, SessionId session, Patience patience) {
        return new Finishing(tape, session, patience).finish();
    }

    private List<Seal> finish() {
        while (true) {
            Settling.of(tape);
            List<String> names = reels.names();
            Whereabouts found = new Whereabouts();
            names.forEach(found::look);
            if (!found.written.isEmpty()) {
                requireEnd(found);
                found.written.forEach(this::awaitEnd);
            } else if (names.equals(reels.names())) {
                // a recorder begins its next reel before it leaves the last: with no new one, none was missed
                return found.seals;
            }
        }
    }

    private void requireEnd(Whereabouts found) {
        if (found.isOpen) {
            throw new TapeException(
                    "the session " + session
                            + " is still being recorded: try again when it has ended, that is when its client or its server has left");
        }
    }

    private void awaitEnd(String reel) {
        patience.told().accept(reel);
        FileMutex request = reels.requestEnd(reel);
        try {
            long began = System.nanoTime();
            while (reels.isBeingWritten(reel)) {
                if (System.nanoTime() - began > patience.limit().toNanos()) {
                    throw unheard(reel);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            request.closeAndDelete();
        }
    }

    private TapeException unheard(String reel) {
        return new TapeException("the recorder of the reel " + reel + " did not end it within "
                + patience.limit().toSeconds() + " s: it hangs, cannot write, or is of an older version. The session "
                + session + " stays as it is; end that recorder (fuser "
                + tape.directory().resolve("locks").resolve(reel) + " names its process) and try again");
    }

    /** Where the session lies, and whether it goes on. Each reel is looked at once: as it is sealed, or as one that is being written, never as both. */
    private final class Whereabouts {
        private final List<Seal> seals = new ArrayList<>();
        private final List<String> written = new ArrayList<>();
        private boolean isOpen;

        void look(String reel) {
            if (!reels.isBeingWritten(reel)) {
                Rewriting.seal(reels, reel).ifPresentOrElse(this::add, () -> requireNothingIn(reel));
                return;
            }
            lastIn(reel).ifPresent(last -> {
                written.add(reel);
                isOpen = !(last instanceof Closed);
            });
        }

        private void add(Seal seal) {
            seal.sessions().stream()
                    .filter(part -> part.session().equals(session))
                    .findFirst()
                    .ifPresent(part -> {
                        seals.add(seal);
                        isOpen = !part.isClosed();
                    });
        }
    }

    /** What is neither sealed nor written would stay as it is, unseen. */
    private void requireNothingIn(String reel) {
        if (lastIn(reel).isPresent()) {
            throw new TapeException("the reel " + reel + ", which holds some of the session " + session
                    + ", has lost its seal: qmptape verify tells more, qmptape repair mends it");
        }
    }

    private Optional<SessionRecord> lastIn(String reel) {
        List<SessionRecord> last = new ArrayList<>(1);
        Decoding decoding = new Decoding(record -> {
            last.clear();
            last.add(record);
        });
        try {
            reels.scan(reel, new Only(session, decoding));
        } catch (UncheckedIOException vanished) {
            return Optional.empty();
        }
        return last.stream().findFirst();
    }

    /** The records of one session; others are only looked at, for a reel may have many. */
    private record Only(SessionId session, Decoding decoding) implements ReelScan {
        @Override
        public void record(Place place, Bytes record) {
            RecordCodec.refuseNewer(place, record);
            if (RecordCodec.isOf(record, session)) {
                decoding.record(place, record);
            }
        }

        @Override
        public void damage(Place place, String what) {}
    }
}
