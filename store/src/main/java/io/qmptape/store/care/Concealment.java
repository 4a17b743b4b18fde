package io.qmptape.store.care;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.SessionRedaction;
import io.qmptape.traffic.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks what is left to mask in a session that is on the tape already: its reels are written anew, with new hash chains, and
 * the ledger notes what they were before. Stand-ins of before stay. Holds the session in memory. One thread.
 */
public final class Concealment {
    private final SessionId session;
    private final Opened opened;
    private final Map<Long, FrameRecorded> frames = new HashMap<>();

    private Concealment(RecordedSession masked) {
        this.session = masked.opened().session();
        this.opened = masked.opened();
        masked.frames().forEach(frame -> frames.put(frame.sequence(), frame));
    }

    /**
     * @return how many secrets were masked now
     * @throws TapeException if the session is still being recorded
     */
    public static long of(Tape tape, SessionId session, Redaction redaction) {
        try (FileMutex alone = CareLock.of(tape)) {
            Settling.of(tape);
            List<Seal> seals = Rewriting.sealsOf(tape, session::equals);
            RecordedSession before = RecordedSession.load(tape.session(session));
            RecordedSession masked = SessionRedaction.of(before, redaction);
            long more = count(masked) - count(before);
            if (!masked.frames().equals(before.frames())) {
                Concealment concealment = new Concealment(masked);
                Rewriting rewriting = new Rewriting(tape, "redacted");
                seals.forEach(seal -> rewriting.rewrite(seal, concealment::apply));
            }
            return more;
        }
    }

    private List<SessionRecord> apply(SessionRecord record) {
        if (!record.session().equals(session)) {
            return List.of(record);
        } else if (record instanceof Opened) {
            return List.of(opened);
        } else if (record instanceof Continued from) {
            return List.of(
                    new Continued(opened, from.clock(), from.nextSequence(), from.chainHead(), from.previousReel()));
        } else if (record instanceof FrameRecorded frame) {
            return List.of(frames.getOrDefault(frame.sequence(), frame));
        }
        return List.of(record);
    }

    private static long count(RecordedSession session) {
        return session.frames().stream()
                .mapToLong(frame -> frame.masked().size())
                .sum();
    }
}
