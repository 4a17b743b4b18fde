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
import java.util.ArrayList;
import java.util.List;

/** Masks in a session that was recorded before what is left to mask. Stand-ins of before stay. */
public final class SessionRedaction {
    private final Redactor redactor;
    private final Pairing pairing = new Pairing();
    private final List<SessionRecord> records = new ArrayList<>();

    private SessionRedaction(Redaction redaction) {
        this.redactor = new Redactor(redaction);
    }

    /** The session as a recorder with this redaction would have written it, but for stand-ins that it had. */
    public static RecordedSession of(RecordedSession session, Redaction redaction) {
        SessionRedaction masking = new SessionRedaction(redaction);
        Opened opened = session.opened().withKey(key(session, redaction));
        session.records().forEach(record -> masking.add(record, opened));
        return new RecordedSession(opened, masking.records);
    }

    private static String key(RecordedSession session, Redaction redaction) {
        String before = session.opened().key();
        boolean isMasked =
                session.frames().stream().anyMatch(frame -> !frame.masked().isEmpty());
        return !isMasked || before.equals(redaction.name()) ? redaction.name() : Opened.MIXED;
    }

    private void add(SessionRecord record, Opened opened) {
        if (record instanceof Opened) {
            records.add(opened);
        } else if (record instanceof Continued goesOn) {
            records.add(new Continued(
                    opened, goesOn.clock(), goesOn.nextSequence(), goesOn.chainHead(), goesOn.previousReel()));
        } else if (record instanceof FrameRecorded recorded) {
            records.add(masked(recorded));
        } else {
            if (record instanceof Gap gap) {
                redactor.interrupted(gap.direction());
            }
            records.add(record);
        }
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
