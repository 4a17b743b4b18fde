package io.qmptape.store.redaction;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Message;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.util.List;

/**
 * Masks in a session that was recorded before what is left to mask, record by record. Stand-ins of before stay. One for a
 * session; one thread.
 */
public final class SessionRedaction {
    private final Opened opened;
    private final Redactor redactor;
    private final Pairing pairing = new Pairing();

    /** @param opened the session's opening as it is to be from now on, which {@link #opened} makes */
    public SessionRedaction(Opened opened, Redaction redaction) {
        this.opened = opened;
        this.redactor = new Redactor(redaction);
    }

    /** The session as a recorder with this redaction would have written it, but for stand-ins that it had. */
    public static RecordedSession of(RecordedSession session, Redaction redaction) {
        boolean isMasked =
                session.frames().stream().anyMatch(frame -> !frame.masked().isEmpty());
        SessionRedaction masking = new SessionRedaction(opened(session.opened(), isMasked, redaction), redaction);
        return new RecordedSession(
                masking.opened, session.records().stream().map(masking::masked).toList());
    }

    /**
     * An opening that says how the session is masked then.
     *
     * @param isMasked whether something in the session is masked already
     */
    public static Opened opened(Opened before, boolean isMasked, Redaction redaction) {
        boolean isOne = !isMasked || before.key().equals(redaction.name());
        return before.withKey(isOne ? redaction.name() : Opened.MIXED);
    }

    /** To be asked for each record of the session, in their order. */
    public SessionRecord masked(SessionRecord record) {
        if (record instanceof Opened) {
            return opened;
        } else if (record instanceof Continued goesOn) {
            return new Continued(
                    opened, goesOn.clock(), goesOn.nextSequence(), goesOn.chainHead(), goesOn.previousReel());
        } else if (record instanceof FrameRecorded recorded) {
            return masked(recorded);
        } else if (record instanceof Gap gap) {
            redactor.interrupted(gap.direction());
        }
        return record;
    }

    private FrameRecorded masked(FrameRecorded recorded) {
        Message message = recorded.read();
        Redacted redacted = redactor.redact(
                recorded.frame(), message, pairing.accept(recorded.frame(), message), recorded.masked());
        List<Finding> findings =
                recorded.findings().stream().map(redacted::without).toList();
        return new FrameRecorded(
                recorded.session(),
                redacted.frame(),
                recorded.message(),
                redacted.masked(),
                recorded.catalog(),
                findings);
    }
}
