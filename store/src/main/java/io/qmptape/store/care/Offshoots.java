package io.qmptape.store.care;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Puts into sessions of their own what stands behind a session's end, or behind a second beginning: sound records, of which
 * nobody knows how they belong to the others. One for a whole tape; one thread.
 */
final class Offshoots {
    private final Set<SessionId> begun = new HashSet<>();
    private final Map<SessionId, CloseCause> over = new HashMap<>();
    private final Map<SessionId, SessionId> next = new HashMap<>();

    /** The record in the session that it belongs to now: its own, in a sound tape. */
    SessionRecord placed(SessionRecord record) {
        if (record instanceof Continued) {
            // somebody had closed it for the recorder that died, and another one goes on
            over.remove(record.session(), CloseCause.RECORDER_DIED);
        }
        SessionId session = latest(record.session());
        if (record instanceof Opened && begun.contains(session)) {
            over.put(session, CloseCause.UNKNOWN);
            session = latest(session);
        }
        begun.add(session);
        if (record instanceof Closed end) {
            over.put(session, end.cause());
        }
        return session.equals(record.session()) ? record : in(session, record);
    }

    private SessionId latest(SessionId session) {
        SessionId latest = session;
        while (over.containsKey(latest)) {
            latest = next.computeIfAbsent(latest, ended -> SessionId.random());
        }
        return latest;
    }

    static Opened in(SessionId session, Opened of) {
        return new Opened(
                session,
                of.clock(),
                of.machine(),
                of.client(),
                of.server(),
                of.listen(),
                of.upstream(),
                of.key(),
                of.origin());
    }

    private static SessionRecord in(SessionId session, SessionRecord record) {
        if (record instanceof Opened opened) {
            return in(session, opened);
        } else if (record instanceof Continued on) {
            return new Continued(
                    in(session, on.opened()), on.clock(), on.nextSequence(), on.chainHead(), on.previousReel());
        } else if (record instanceof FrameRecorded of) {
            return new FrameRecorded(session, of.frame(), of.message(), of.masked(), of.catalog(), of.findings());
        } else if (record instanceof HalfClosed half) {
            return new HalfClosed(session, half.direction(), half.atNanos());
        } else if (record instanceof Gap gap) {
            return new Gap(
                    session,
                    gap.direction(),
                    gap.firstByte(),
                    gap.bytes(),
                    gap.fromNanos(),
                    gap.atNanos(),
                    gap.reason());
        } else if (record instanceof ClockRead read) {
            return new ClockRead(session, read.clock());
        }
        Closed end = (Closed) record;
        return new Closed(session, end.atNanos(), end.cause(), end.clientRest(), end.serverRest());
    }
}
