package io.qmptape.store.care;

import io.qmptape.store.ReelFolder;
import io.qmptape.store.Room;
import io.qmptape.store.Tape;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.LedgerEntry.Sealed;
import io.qmptape.store.ledger.LedgerLine;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Packs reels that are finished: they take a fraction of the room then, and are read as before. Seal and ledger stay as they
 * are. Others may care for the tape between two reels. One thread.
 */
public final class Packing {
    private final Tape tape;
    private final ReelFolder reels;
    /** Packed, or not to be tried again: with that there is nothing more to do. */
    private final Set<String> done = new HashSet<>();

    public Packing(Tape tape) {
        this.tape = tape;
        this.reels = tape.reels();
    }

    /**
     * A reel that was packed.
     *
     * @param before what it took on the disk, about
     * @param after what it takes now
     */
    public record Packed(String reel, long before, long after) {}

    /** Reels that have been sealed for so long and are not packed, oldest first. */
    public List<String> due(Duration sealedFor, Instant now) {
        Set<String> sealed = sealedBefore(sealedFor, now);
        return reels.names().stream()
                .filter(reel -> sealed.contains(reel) && !done.contains(reel))
                .filter(reel -> !reels.isBeingWritten(reel) && !isPacked(reel))
                .toList();
    }

    /** What a reel takes on the disk, about. */
    public long diskBytes(String reel) {
        return Pruning.diskBytes(reels, reel);
    }

    /**
     * @return empty if it stays as it is, because it is not what was sealed, or too large, or not there any more
     * @throws java.io.UncheckedIOException if there is no room to write it
     */
    public Optional<Packed> pack(String reel) {
        try (FileMutex alone = CareLock.of(tape)) {
            Room room = Room.forMuch(tape);
            reels.sweep();
            long before = diskBytes(reel);
            Optional<Seal> seal = reels.isBeingWritten(reel) ? Optional.empty() : Settling.soundSeal(reels, reel);
            if (seal.isPresent() && new ReelPacking(reels, seal.get(), room).pack()) {
                return Optional.of(new Packed(reel, before, diskBytes(reel)));
            }
            done.add(reel);
            return Optional.empty();
        }
    }

    /** Its file is looked into only until it is: who asks each minute may have thousands of them. */
    private boolean isPacked(String reel) {
        boolean isPacked = ReelPacking.isPacked(reels.path(reel));
        if (isPacked) {
            done.add(reel);
        }
        return isPacked;
    }

    /** With the seal that the ledger knows. */
    private Set<String> sealedBefore(Duration sealedFor, Instant now) {
        LedgerState ledger = tape.ledger().read();
        Set<String> sealed = new HashSet<>();
        for (LedgerLine line : ledger.lines()) {
            boolean isOld = Duration.between(line.at(), now).compareTo(sealedFor) >= 0;
            if (isOld && line.entry() instanceof Sealed entry) {
                sealed.add(entry.reel());
            }
        }
        sealed.retainAll(ledger.reels().keySet());
        return sealed;
    }
}
