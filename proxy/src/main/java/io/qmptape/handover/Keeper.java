package io.qmptape.handover;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Seen;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Keeps what was sent to the recorder until that has put it on the tape. One thread. */
final class Keeper {
    private final Map<SessionId, KeptSession> sessions = new LinkedHashMap<>();
    private final long maxBytes;
    private final LongConsumer release;
    private long held;

    /**
     * @param maxBytes how much to keep; beyond, the session that takes most becomes a gap for the next recorder
     * @param release hears how much room has become free
     */
    Keeper(long maxBytes, LongConsumer release) {
        this.maxBytes = maxBytes;
        this.release = release;
    }

    void keep(Traffic traffic) {
        long cost = TrafficQueue.cost(traffic);
        if (traffic instanceof Traffic.Opened opened) {
            sessions.put(opened.session(), new KeptSession(opened));
            release.accept(cost);
            return;
        }
        KeptSession session = sessions.get(traffic.session());
        if (session == null) {
            release.accept(cost);
            return;
        }
        session.add(traffic);
        held += cost;
        while (held > maxBytes && forgetLargest()) {
            continue;
        }
    }

    void received(Receipt receipt) {
        KeptSession session = sessions.get(receipt.session());
        if (session == null) {
            return;
        }
        if (receipt.isOver()) {
            sessions.remove(receipt.session());
            freed(session.cost());
        } else {
            changed(session, () -> session.received(receipt));
        }
    }

    /** Whether everything is on the tape, to the end of each session. */
    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** What a recorder hears first that comes after one that died. */
    List<Handover> again() {
        List<Handover> all = new ArrayList<>();
        all.add(new Resumed(
                sessions.values().stream().map(KeptSession::unfinished).toList()));
        sessions.values().forEach(session -> session.again().forEach(traffic -> all.add(new Seen(traffic))));
        return all;
    }

    void recorderDied() {
        sessions.values().forEach(session -> changed(session, session::recorderDied));
    }

    /** Of which most is kept. */
    Optional<SessionId> largest() {
        return sessions.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingLong(KeptSession::cost)))
                .map(Map.Entry::getKey);
    }

    private boolean forgetLargest() {
        return sessions.values().stream()
                .max(Comparator.comparingLong(KeptSession::cost))
                .filter(largest -> changed(largest, largest::forget) > 0)
                .isPresent();
    }

    /** @return how much room has become free with it */
    private long changed(KeptSession session, Runnable change) {
        long before = session.cost();
        change.run();
        long free = before - session.cost();
        freed(free);
        return free;
    }

    private void freed(long bytes) {
        held -= bytes;
        release.accept(bytes);
    }
}
