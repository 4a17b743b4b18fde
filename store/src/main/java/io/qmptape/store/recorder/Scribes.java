package io.qmptape.store.recorder;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns traffic into the records that come onto a tape, a scribe for each session that is open: for what a relay sees
 * and for what another tool recorded alike. What it writes goes to the sink on the caller's thread. One thread.
 */
public final class Scribes {
    private final Judging judging;
    private final Redaction redaction;
    private final Consumer<SessionRecord> sink;
    private final Map<SessionId, SessionScribe> scribes = new HashMap<>();

    public Scribes(Judging judging, Redaction redaction, Consumer<SessionRecord> sink) {
        this.judging = judging;
        this.redaction = redaction;
        this.sink = sink;
    }

    /** @param origin as {@link Opened#origin} */
    public void open(Traffic.Opened opened, String origin) {
        SessionId session = opened.session();
        sink.accept(new Opened(
                session,
                opened.clock(),
                opened.machine(),
                opened.client(),
                opened.server(),
                opened.listen(),
                opened.upstream(),
                redaction.name(),
                origin));
        scribes.put(session, new SessionScribe(session, judging, new Redactor(redaction), sink));
    }

    /** What comes after the opening; nothing happens for a session that is not open. */
    public void accept(Traffic traffic) {
        SessionScribe scribe = scribes.get(traffic.session());
        if (scribe == null) {
            return;
        }
        if (traffic instanceof Traffic.Read read) {
            scribe.read(read);
        } else if (traffic instanceof Traffic.HalfClosed half) {
            scribe.halfClosed(half);
        } else if (traffic instanceof Traffic.Lost lost) {
            scribe.lost(lost, "queue full");
        } else if (traffic instanceof Traffic.Closed closed) {
            scribe.closed(closed);
            scribes.remove(closed.session());
        }
    }

    /** Takes no more of a session. */
    void drop(SessionId session) {
        scribes.remove(session);
    }
}
