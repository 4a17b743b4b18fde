package io.qmptape.store.care;

import io.qmptape.store.ReelFolder;
import io.qmptape.store.Tape;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps all of a tape that is sound and says what it left. A damaged reel is written anew from the records in it whose
 * checksums fit; a damaged ledger is put aside and begun anew with what its sound lines say. Nothing that is sound changes.
 */
public final class Repair {
    private static final String WHY = "repaired";
    /** Why the ledger does without a reel that nobody removed. */
    static final String LOST = "lost";

    private final Tape tape;
    private final ReelFolder reels;
    private final Clock clock;
    private final List<String> told = new ArrayList<>();

    private Repair(Tape tape, Clock clock) {
        this.tape = tape;
        this.reels = tape.reels();
        this.clock = clock;
    }

    /** @return what was done, a line each; empty if there was nothing to do */
    public static List<String> of(Tape tape, Clock clock) {
        try (FileMutex alone = CareLock.of(tape)) {
            Repair repair = new Repair(tape, clock);
            repair.run();
            return List.copyOf(repair.told);
        }
    }

    private void run() {
        Set<String> unreadable = unreadable();
        mendLedger();
        tell(new Recovery.Recovered(Settling.of(tape), List.of()));
        buryLost();
        Set<String> damaged = Verification.of(tape, Progress.NONE).faults().stream()
                .map(Fault::reel)
                .filter(reel -> !reel.isEmpty())
                .collect(Collectors.toSet());
        damaged.removeAll(unreadable);
        salvage(damaged);
        tell(Recovery.locked(tape, clock));
    }

    /**
     * Reels that the file system does not give. Their records may be sound, so they stay.
     *
     * @throws io.qmptape.store.TapeException if there are records that only a newer version reads
     */
    private Set<String> unreadable() {
        Set<String> unreadable = new HashSet<>();
        for (String reel : reels.all()) {
            try {
                reels.scan(reel, new Decoding(record -> {}));
            } catch (UncheckedIOException e) {
                unreadable.add(reel);
                told.add("left the reel " + reel + " as it is: " + e.getMessage());
            }
        }
        return unreadable;
    }

    private void tell(Recovery.Recovered recovered) {
        recovered.reels().forEach(reel -> told.add("sealed the reel " + reel + ", whose recorder died"));
        recovered.sessions().forEach(session -> told.add("closed the session " + session + ", which had no end"));
    }

    private void mendLedger() {
        LedgerState old = tape.ledger().read();
        if (old.fault().isPresent()) {
            told.add("began the ledger anew behind " + old.lines().size() + " sound lines; the damaged one is kept as "
                    + tape.ledger().beginAnew().getFileName());
        } else if (old.isTorn()) {
            tape.ledger().append(List.of());
            told.add("cut off the ledger's last line, which was not whole");
        }
    }

    private void buryLost() {
        List<String> present = reels.all();
        for (String reel : tape.ledger().read().reels().keySet()) {
            if (!present.contains(reel)) {
                tape.ledger().append(List.of(new Removed(reel, LOST, "", List.of())));
                told.add("the reel " + reel + " is not there: the ledger says now that it is lost");
            }
        }
    }

    /** In the order of the tape: a session that lost records goes on from another head in all later reels. */
    private void salvage(Set<String> damaged) {
        Rewriting rewriting = new Rewriting(tape, WHY);
        Salvage salvage = new Salvage();
        for (String reel : reels.names()) {
            List<SessionPart> was = parts(reel);
            boolean follows = was.stream().anyMatch(part -> rewriting.isChanged(part.session()));
            salvage.beginReel();
            if ((damaged.contains(reel) || follows) && !reels.isBeingWritten(reel)) {
                rewriting.salvage(reel, was, salvage);
                tell(reel, count(was), salvage.added());
            } else {
                rewriting.stays(reel, was);
                pass(reel, salvage);
            }
        }
        salvage.apart()
                .forEach((made, ended) ->
                        told.add("kept apart as the session " + made + " what stood behind the end of " + ended));
    }

    private void pass(String reel, Salvage salvage) {
        try {
            reels.scan(reel, new Decoding(salvage::apply));
        } catch (UncheckedIOException unreadable) {
            // that was told at the start
            return;
        }
    }

    private List<SessionPart> parts(String reel) {
        try {
            return reels.seal(reel).map(Seal::sessions).orElse(List.of());
        } catch (IOException damaged) {
            return List.of();
        }
    }

    private void tell(String reel, long before, long added) {
        long after = reels.names().stream()
                        .filter(name -> SessionCheck.isSameReel(name, reel))
                        .mapToLong(name -> count(parts(name)))
                        .sum()
                - added;
        told.add("wrote the reel " + reel + " anew: " + after + " records are kept"
                + (before > after ? ", " + (before - after) + " are lost" : ""));
    }

    private static long count(List<SessionPart> parts) {
        return parts.stream().mapToLong(SessionPart::records).sum();
    }
}
