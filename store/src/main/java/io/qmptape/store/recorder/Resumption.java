package io.qmptape.store.recorder;

import io.qmptape.handover.Handover.Resumed;
import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.Tape;
import io.qmptape.traffic.SessionId;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a recorder that died has left on the tape, in one pass over the reels that may hold some of it. */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private final Map<SessionId, Leavings> leavings = new HashMap<>();

    private Resumption() {}

    static Map<SessionId, OnTape> of(Tape tape, Resumed resumed) {
        Resumption resumption = new Resumption();
        String first = resumed.sessions().stream()
                .map(session -> session.last().reel())
                .min(String::compareTo)
                .orElse("");
        for (Unfinished session : resumed.sessions()) {
            resumption.leavings.put(session.opened().session(), new Leavings());
        }
        // a generation of the reel sorts behind it
        tape.reelNames().stream()
                .filter(reel -> reel.compareTo(first) >= 0)
                .forEach(reel -> resumption.read(tape, reel));
        Map<SessionId, OnTape> found = new HashMap<>();
        resumption.leavings.forEach((session, left) -> found.put(session, left.onTape()));
        return found;
    }

    private void read(Tape tape, String reel) {
        if (leavings.keySet().stream().noneMatch(session -> tape.mayHold(reel, session))) {
            return;
        }
        leavings.values().forEach(left -> left.begin(reel));
        try {
            tape.reels().scan(reel, new ReelScan() {
                @Override
                public void record(Place place, Bytes record) {
                    Leavings left = leavings.get(RecordCodec.sessionOf(record));
                    if (left != null) {
                        left.add(record);
                    }
                }

                @Override
                public void damage(Place place, String what) {}
            });
        } catch (UncheckedIOException e) {
            LOG.warn("The reel {} cannot be read: {}", reel, e.getMessage());
        }
    }
}
