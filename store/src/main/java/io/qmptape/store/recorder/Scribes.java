package io.qmptape.store.recorder;

import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.handover.Standing;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns traffic into the records that come onto a tape, a scribe for each session that is open: for what a relay sees
 * and for what another tool recorded alike. What it writes goes to the sink on the caller's thread. One thread.
 */
public final class Scribes {
    private final Judging judging;
    private final Redaction redaction;
    private final RecordSink sink;
    private final Map<SessionId, SessionScribe> scribes = new LinkedHashMap<>();

    public Scribes(Judging judging, Redaction redaction, Consumer<SessionRecord> sink) {
        this(judging, redaction, (record, behind) -> sink.accept(record));
    }

    private Scribes(Judging judging, Redaction redaction, RecordSink sink) {
        this.judging = judging;
        this.redaction = redaction;
        this.sink = sink;
    }

    static Scribes writing(Judging judging, Redaction redaction, RecordSink sink) {
        return new Scribes(judging, redaction, sink);
    }

    /** @param origin as {@link Opened#origin} */
    public void open(Traffic.Opened opened, String origin) {
        SessionScribe scribe = scribe(opened.session());
        scribe.opened(record(opened, origin));
        scribes.put(opened.session(), scribe);
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
        } else if (traffic instanceof Traffic.Denied denied) {
            scribe.denied(denied);
        } else if (traffic instanceof Traffic.Lost lost) {
            scribe.lost(lost, "queue full");
        } else if (traffic instanceof Traffic.Closed closed) {
            scribe.closed(closed);
            drop(closed.session());
        }
    }

    /** Takes no more of a session. */
    void drop(SessionId session) {
        scribes.remove(session);
    }

    /** Goes on with a session of a recorder that died. @param known hears of the places behind what the tape has */
    void resume(Unfinished session, OnTape onTape, Consumer<Standing> known) {
        SessionId id = session.opened().session();
        SessionScribe scribe = scribe(id);
        scribe.resume(
                session.prologue(),
                session.last(),
                onTape,
                new Overlap(onTape, session.last().written(), sink, known));
        scribes.put(id, scribe);
    }

    Opened record(Traffic.Opened opened, String origin) {
        return new Opened(
                opened.session(),
                opened.clock(),
                opened.machine(),
                opened.client(),
                opened.server(),
                opened.listen(),
                opened.upstream(),
                redaction.name(),
                origin);
    }

    List<SessionId> open() {
        return List.copyOf(scribes.keySet());
    }

    /** How far each is that is open. */
    List<Reached> reached() {
        return scribes.values().stream().map(SessionScribe::reached).toList();
    }

    private SessionScribe scribe(SessionId session) {
        return new SessionScribe(session, judging, new Redactor(redaction), sink);
    }
}
