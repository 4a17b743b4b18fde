package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.RecordCodec.Stored;
import io.qmptape.store.ReelFolder;
import io.qmptape.store.ReelScan;
import io.qmptape.store.Room;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.Seal.Replaced;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Writes sealed reels anew: what a filter keeps goes into the next generation of the reel, byte for byte where nothing of a
 * session changes, and takes the old one's place with a tombstone. Reels are to be given in the order of the tape, so that a
 * session that goes on in a later reel goes on from its new head.
 */
final class Rewriting {
    private final Tape tape;
    private final ReelFolder reels;
    private final String why;
    private final Set<SessionId> changed = new HashSet<>();
    private final Map<SessionId, Standing> standings = new HashMap<>();

    /** @param why in a word, for the tombstone */
    Rewriting(Tape tape, String why) {
        this.tape = tape;
        this.reels = tape.reels();
        this.why = why;
    }

    /** The last reel that a session was found in, and the head of its chain there. */
    private record Standing(String reel, Bytes head) {}

    /** What becomes of a record: itself, another one, more than one, or nothing. */
    @FunctionalInterface
    interface Filter {
        List<SessionRecord> apply(SessionRecord record);

        default Filter then(UnaryOperator<SessionRecord> change) {
            return record -> apply(record).stream().map(change).toList();
        }

        /** Keeps the records of certain sessions as they are. */
        static Filter keeping(Predicate<SessionId> isKept) {
            return record -> isKept.test(record.session()) ? List.of(record) : List.of();
        }
    }

    static Optional<Seal> seal(ReelFolder reels, String reel) {
        try {
            return reels.seal(reel);
        } catch (IOException e) {
            throw new TapeException(
                    "the seal of the reel " + reel + " cannot be read (" + Reason.of(e)
                            + "): qmptape verify tells more, qmptape repair mends it",
                    e);
        }
    }

    /** Whether a session's records changed in an earlier reel, so that those of a later one must follow. */
    boolean isChanged(SessionId session) {
        return changed.contains(session);
    }

    /** To be told of a reel that stays as it is, where later ones are {@link #salvage}d. */
    void stays(String reel, List<SessionPart> parts) {
        parts.forEach(part -> standings.put(part.session(), new Standing(reel, Heads.bytes(part.head()))));
    }

    /** Nothing happens to a reel of which nothing changes. */
    void rewrite(Seal old, Filter filter) {
        rewrite(old.reel(), old.sessions(), filter, false);
    }

    /** Writes a reel anew in any case: its files are not what they were. */
    void salvage(String reel, List<SessionPart> was, Filter filter) {
        rewrite(reel, was, filter, true);
    }

    private void rewrite(String reel, List<SessionPart> was, Filter filter, boolean isDamaged) {
        Room room = Room.forMuch(tape);
        boolean isPacked = ReelPacking.isPacked(reels.path(reel));
        TapeWriter writer = TapeWriter.anew(tape, reel);
        try {
            copy(reel, filter.then(isDamaged ? this::found : this::goingOn), room, writer);
            List<SessionPart> kept = writer.contents().parts();
            List<SessionPart> removed =
                    was.stream().filter(part -> !kept.contains(part)).toList();
            // what a damaged reel held before may not be known
            (isDamaged ? kept : removed).forEach(part -> changed.add(part.session()));
            removed.forEach(part -> stands(part.session(), writer));
            kept.forEach(part -> stands(part.session(), writer));
            if (kept.isEmpty()) {
                drop(reel, removed);
            } else if (isDamaged || !removed.isEmpty()) {
                writer.replace(new Replaced(reel, why, removed));
                if (isPacked) {
                    pack(writer.reel(), room);
                }
            }
        } finally {
            writer.abandon();
            reels.sweep();
        }
    }

    /** What was packed takes no more room afterwards. */
    private void pack(String reel, Room room) {
        Settling.soundSeal(reels, reel).ifPresent(seal -> new ReelPacking(reels, seal, room).pack());
    }

    private void stands(SessionId session, TapeWriter writer) {
        standings.put(session, new Standing(writer.reel(), writer.chainHead(session)));
    }

    /** Takes a whole reel away; its tombstone first. */
    void drop(String reel, List<SessionPart> removed) {
        tape.ledger().append(List.of(new Removed(reel, why, "", removed)));
        reels.remove(reel);
    }

    private void copy(String reel, Filter filter, Room room, TapeWriter writer) {
        reels.scan(reel, new ReelScan() {
            @Override
            public void record(Place place, Bytes bytes) {
                RecordCodec.refuseNewer(place, bytes);
                room.take(bytes.length());
                try {
                    Stored stored = RecordCodec.decode(bytes);
                    filter.apply(stored.record()).forEach(record -> writer.append(record, stored.arrivedAtMillis()));
                } catch (IllegalArgumentException unreadable) {
                    // a checksum that fits over nonsense: no program wrote that
                    return;
                }
            }

            @Override
            public void damage(Place place, String what) {}
        });
    }

    private SessionRecord goingOn(SessionRecord record) {
        Standing before = standings.get(record.session());
        return record instanceof Continued from && isChanged(record.session()) && before != null
                ? from(from, before.head())
                : record;
    }

    /** As {@link #goingOn}, where nobody knows whether what it goes on from is as it was, or was there ever. */
    private SessionRecord found(SessionRecord record) {
        if (!(record instanceof Continued from)) {
            return record;
        }
        Standing before = standings.get(record.session());
        if (before != null && SessionCheck.isSameReel(before.reel(), from.previousReel())) {
            return from(from, before.head());
        }
        boolean isGone = tape.ledger().read().removed().stream()
                .anyMatch(removed -> SessionCheck.isSameReel(removed.reel(), from.previousReel()));
        return isGone ? from : from(from, Bytes.EMPTY);
    }

    private static Continued from(Continued from, Bytes head) {
        return new Continued(from.opened(), from.clock(), from.nextSequence(), head, from.previousReel());
    }
}
