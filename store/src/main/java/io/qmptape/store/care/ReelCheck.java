package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.RecordCodec.Stored;
import io.qmptape.store.ReelContents;
import io.qmptape.store.ReelScan;
import io.qmptape.traffic.SessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads one reel record by record against what the sessions are known to hold so far. One thread. */
final class ReelCheck implements ReelScan {
    private final String reel;
    private final Sessions sessions;
    private final Consumer<Fault> faults;
    private final ReelContents contents = new ReelContents();
    private long records;

    /** Sessions over all reels. */
    static final class Sessions {
        private final Map<SessionId, SessionCheck> checks = new HashMap<>();
        private final Predicate<String> isGone;

        Sessions(Predicate<String> isGone) {
            this.isGone = isGone;
        }

        SessionCheck of(SessionId id) {
            return checks.computeIfAbsent(id, session -> new SessionCheck(isGone));
        }

        long count() {
            return checks.size();
        }
    }

    ReelCheck(String reel, Sessions sessions, Consumer<Fault> faults) {
        this.reel = reel;
        this.sessions = sessions;
        this.faults = faults;
    }

    @Override
    public void record(Place place, Bytes bytes) {
        records++;
        try {
            check(place, bytes, RecordCodec.decode(bytes));
        } catch (IllegalArgumentException e) {
            faults.accept(new Fault(reel, where(place), "", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void damage(Place place, String what) {
        contents.addTorn();
        faults.accept(new Fault(reel, where(place), "", what));
    }

    ReelContents contents() {
        return contents;
    }

    long records() {
        return records;
    }

    private void check(Place place, Bytes bytes, Stored stored) {
        SessionId id = stored.record().session();
        SessionCheck session = sessions.of(id);
        session.check(stored, contents.head(id))
                .ifPresent(what -> faults.accept(new Fault(reel, where(place), id.toString(), what)));
        contents.add(bytes, stored.record(), stored.arrivedAtMillis());
        session.stands(contents.head(id), reel);
    }

    private String where(Place place) {
        return "record " + (records + contents.torn()) + " (" + place + ")";
    }
}
