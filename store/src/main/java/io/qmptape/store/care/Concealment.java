package io.qmptape.store.care;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.SessionRedaction;
import io.qmptape.traffic.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks what is left to mask in a session that is on the tape already: its reels are written anew, with new hash chains, and
 * the ledger notes what they were before. Stand-ins of before stay. The session is read twice: first it is seen whether there
 * is anything to mask, and how the opening is to say so. One thread.
 */
public final class Concealment {
    private final Redaction redaction;
    private @Nullable Opened opened;
    private @Nullable SessionRedaction trial;
    private boolean wasMasked;
    private boolean isChanged;
    private long more;

    private Concealment(Redaction redaction) {
        this.redaction = redaction;
    }

    /** As {@link #of(Tape, SessionId, Redaction, Patience)}, waiting as long as is usual without a word. */
    public static long of(Tape tape, SessionId session, Redaction redaction) {
        return of(tape, session, redaction, Patience.usual());
    }

    /**
     * @return how many secrets were masked now
     * @throws TapeException if the session is still being recorded, or its recorder does not end the reel
     */
    public static long of(Tape tape, SessionId session, Redaction redaction, Patience patience) {
        try (FileMutex alone = CareLock.of(tape)) {
            List<Seal> seals = Finishing.of(tape, session, patience);
            Concealment concealment = new Concealment(redaction);
            tape.session(session).read(concealment::look);
            SessionRedaction masking = concealment.masking();
            if (concealment.isChanged) {
                Rewriting rewriting = new Rewriting(tape, "redacted");
                seals.forEach(seal -> rewriting.rewrite(
                        seal, record -> List.of(record.session().equals(session) ? masking.masked(record) : record)));
            }
            return concealment.more;
        }
    }

    private void look(SessionRecord record) {
        if (record instanceof Opened first) {
            opened = first;
            trial = new SessionRedaction(first, redaction);
        }
        if (trial == null) {
            return;
        }
        SessionRecord masked = trial.masked(record);
        if (record instanceof FrameRecorded before && masked instanceof FrameRecorded after) {
            wasMasked |= !before.masked().isEmpty();
            isChanged |= !after.equals(before);
            more += after.masked().size() - before.masked().size();
        }
    }

    private SessionRedaction masking() {
        if (opened == null) {
            throw new TapeException("the session does not begin with its opening: qmptape repair gives it one");
        }
        return new SessionRedaction(SessionRedaction.opened(opened, wasMasked, redaction), redaction);
    }
}
