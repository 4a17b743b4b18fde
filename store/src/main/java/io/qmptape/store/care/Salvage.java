package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes sessions of the records that a damaged reel has left: a beginning where theirs is lost, and a gap where messages are
 * missing. One for a whole tape, whose reels are given in their order. One thread.
 */
final class Salvage implements Rewriting.Filter {
    private static final String REASON = "damaged on the tape";
    private static final String ORIGIN = "repaired";

    private final Map<SessionId, Opened> openings = new HashMap<>();
    private final Map<SessionId, Long> sequences = new HashMap<>();
    private final Set<SessionId> begunInReel = new HashSet<>();
    private long added;

    /** To be told before each reel. */
    void beginReel() {
        begunInReel.clear();
        added = 0;
    }

    /** Records of this reel that were not in it: beginnings and gaps. */
    long added() {
        return added;
    }

    @Override
    public List<SessionRecord> apply(SessionRecord record) {
        List<SessionRecord> kept = new ArrayList<>();
        if (begunInReel.add(record.session()) && !(record instanceof Opened) && !(record instanceof Continued)) {
            kept.add(beginning(record));
        }
        if (record instanceof Opened opened) {
            openings.put(opened.session(), opened);
        } else if (record instanceof Continued continued) {
            openings.putIfAbsent(continued.session(), continued.opened());
            sequences.put(continued.session(), continued.nextSequence() - 1);
        } else if (record instanceof FrameRecorded frame) {
            addGap(frame, kept);
        }
        added += kept.size();
        kept.add(record);
        return kept;
    }

    private SessionRecord beginning(SessionRecord record) {
        ClockPair clock = new ClockPair(record.atNanos(), Instant.EPOCH, "");
        Opened known = openings.get(record.session());
        if (known != null) {
            long next = sequences.getOrDefault(record.session(), 0L) + 1;
            return new Continued(known, clock, next, Bytes.EMPTY, "");
        }
        Opened made =
                new Opened(record.session(), clock, Machine.named("?"), Peer.UNKNOWN, Peer.UNKNOWN, "", "", "", ORIGIN);
        openings.put(record.session(), made);
        return made;
    }

    private void addGap(FrameRecorded frame, List<SessionRecord> kept) {
        long last = sequences.getOrDefault(frame.session(), 0L);
        sequences.put(frame.session(), frame.sequence());
        if (frame.sequence() > last + 1) {
            // how many bytes they were, nobody knows any more
            long began = frame.frame().beganAtNanos();
            kept.add(new Gap(frame.session(), frame.frame().direction(), 0, 0, began, began, REASON));
        }
    }
}
