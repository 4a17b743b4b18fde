package io.qmptape.store.care;

import io.qmptape.store.Tape;
import io.qmptape.store.care.Rewriting.Filter;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.SessionId;
import java.util.List;

/** Takes a whole session off a tape. What it was stands in the ledger: its id, how many records, the head of its chain. */
public final class Deletion {
    private Deletion() {}

    /** As {@link #of(Tape, SessionId, Patience)}, waiting as long as is usual without a word. */
    public static long of(Tape tape, SessionId session) {
        return of(tape, session, Patience.usual());
    }

    /**
     * @return how many records went
     * @throws io.qmptape.store.TapeException if it is still being recorded, or its recorder does not end the reel
     */
    public static long of(Tape tape, SessionId session, Patience patience) {
        try (FileMutex alone = CareLock.of(tape)) {
            List<Seal> seals = Finishing.of(tape, session, patience);
            Rewriting rewriting = new Rewriting(tape, "deleted");
            seals.forEach(seal -> take(session, seal, rewriting));
            return seals.stream()
                    .flatMap(seal -> seal.sessions().stream())
                    .filter(part -> part.session().equals(session))
                    .mapToLong(SessionPart::records)
                    .sum();
        }
    }

    /** A reel of which nothing is left needs no room to be written anew. */
    private static void take(SessionId session, Seal seal, Rewriting rewriting) {
        if (seal.sessions().stream().allMatch(part -> part.session().equals(session))) {
            rewriting.drop(seal.reel(), seal.sessions());
        } else {
            rewriting.rewrite(seal, Filter.keeping(id -> !id.equals(session)));
        }
    }
}
