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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes sessions of the records that a damaged reel has left: a beginning where theirs is lost, a gap where messages are
 * missing, and another session of what stands behind an end. One for a whole tape, whose reels are given in their order. One thread.
 */
final class Salvage implements Rewriting.Filter {
    private static final String REASON = "damaged on the tape";
    private static final String ORIGIN = "repaired";

    private final Map<SessionId, Opened> openings = new HashMap<>();
    private final Map<SessionId, Long> sequences = new HashMap<>();
    private final Offshoots offshoots = new Offshoots();
    private final Map<SessionId, SessionId> apart = new LinkedHashMap<>();
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

    /** Sessions that were made of what stands behind the end of others, with these. */
    Map<SessionId, SessionId> apart() {
        return apart;
    }

    @Override
    public List<SessionRecord> apply(SessionRecord found) {
        List<SessionRecord> kept = new ArrayList<>();
        SessionRecord record = offshoots.placed(found);
        if (record != found) {
            begin(record.session(), found.session());
        }
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

    /** It begins where the other one ended. */
    private void begin(SessionId session, SessionId behind) {
        if (apart.putIfAbsent(session, behind) == null) {
            sequences.put(session, sequences.getOrDefault(behind, 0L));
            Opened known = openings.get(behind);
            if (known != null) {
                openings.put(session, Offshoots.in(session, known));
            }
        }
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
