package io.qmptape.store.care;

import io.qmptape.store.ReelFolder;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Rewriting.Filter;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps a tape within limits, oldest reels first. A reel goes as a whole: all its sessions but those that are pinned, or not
 * of the machine that is meant, which are written into its next generation. What a session has in later reels stays, so that
 * one that has been open for months loses its beginning and goes on. Reels that are being written stay.
 */
public final class Pruning {
    private static final long EMPTY_REEL = 24 << 10;
    private static final long DISK_BLOCK = 4 << 10;
    /** A record's header, its kind, and zeros up to a multiple of four. */
    private static final long ENTRY = 7;

    private final Tape tape;
    private final ReelFolder reels;
    private final RetentionLimits limits;
    private final Set<SessionId> pinned;

    private Pruning(Tape tape, RetentionLimits limits) {
        this.tape = tape;
        this.reels = tape.reels();
        this.limits = limits;
        this.pinned = tape.ledger().read().pinned();
    }

    /** What goes of one reel. */
    public record Cut(String reel, long bytes, List<SessionPart> parts, boolean isWhole) {
        public Cut {
            parts = List.copyOf(parts);
        }
    }

    /** What would go now. Changes nothing. */
    public static List<Cut> plan(Tape tape, RetentionLimits limits, Instant now) {
        return new Pruning(tape, limits).plan(now);
    }

    /** @return what went */
    public static List<Cut> of(Tape tape, RetentionLimits limits, Instant now) {
        try (FileMutex alone = CareLock.of(tape)) {
            Settling.of(tape);
            Pruning pruning = new Pruning(tape, limits);
            List<Cut> cuts = pruning.plan(now);
            Rewriting rewriting = new Rewriting(tape, "pruned");
            cuts.forEach(cut -> pruning.cut(cut, rewriting));
            return cuts;
        }
    }

    private List<Cut> plan(Instant now) {
        List<Cut> cuts = new ArrayList<>();
        long excess = excess();
        for (String reel : reels.names()) {
            Optional<Seal> seal = reels.isBeingWritten(reel) ? Optional.empty() : Rewriting.seal(reels, reel);
            Optional<Cut> cut = seal.map(this::cut)
                    .filter(found -> found.isWhole() || !found.parts().isEmpty());
            if (cut.isPresent() && (excess > 0 || isTooOld(seal.get(), now))) {
                cuts.add(cut.get());
                excess -= cut.get().bytes();
            }
        }
        return cuts;
    }

    private Cut cut(Seal seal) {
        List<SessionPart> parts = seal.sessions().stream().filter(this::mayGo).toList();
        // an empty reel, which a recorder left that died early, is nobody's
        boolean isWhole =
                parts.size() == seal.sessions().size() && (limits.machine().isEmpty() || !parts.isEmpty());
        long bytes = diskBytes(reels, seal.reel());
        return new Cut(seal.reel(), isWhole ? bytes : share(parts, seal, bytes), parts, isWhole);
    }

    /** A packed reel is written anew as one, so what stays shrinks as what goes. */
    private static long share(List<SessionPart> parts, Seal seal, long bytes) {
        return Math.round((double) bytes * bytes(parts) / Math.max(1, bytes(seal.sessions())));
    }

    private static long bytes(List<SessionPart> parts) {
        return parts.stream().mapToLong(SessionPart::bytes).sum();
    }

    private boolean mayGo(SessionPart part) {
        return !pinned.contains(part.session())
                && limits.machine().map(part.machine()::equals).orElse(true);
    }

    private boolean isTooOld(Seal seal, Instant now) {
        long last = seal.sessions().stream()
                .filter(this::mayGo)
                .mapToLong(SessionPart::toMillis)
                .max()
                .orElseGet(() -> reels.beganMillis(seal.reel()));
        return limits.age().map(age -> last < now.minus(age).toEpochMilli()).orElse(false);
    }

    /** How many bytes are too many. */
    private long excess() {
        long held =
                reels.all().stream().mapToLong(reel -> diskBytes(reels, reel)).sum();
        long tooMany = limits.bytes().map(most -> held - most).orElse(0L);
        return Math.max(tooMany, limits.freeBytes().map(least -> least - free()).orElse(0L));
    }

    private void cut(Cut cut, Rewriting rewriting) {
        if (cut.isWhole()) {
            rewriting.drop(cut.reel(), cut.parts());
        } else {
            Set<SessionId> going =
                    Set.copyOf(cut.parts().stream().map(SessionPart::session).toList());
            Seal seal = Rewriting.seal(reels, cut.reel()).orElseThrow();
            rewriting.rewrite(seal, Filter.keeping(session -> !going.contains(session)));
        }
    }

    private long free() {
        try {
            return Files.getFileStore(tape.directory()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask how much is free: " + Reason.of(e), e);
        }
    }

    /** What all reels of a tape take on the disk, about. */
    public static long diskBytes(ReelFolder reels) {
        return reels.all().stream().mapToLong(reel -> diskBytes(reels, reel)).sum();
    }

    /**
     * What a reel takes on the disk. Unless they are packed its files are sparse, and Java cannot ask for their blocks; what is
     * known of a sealed one comes within a few per cent.
     */
    static long diskBytes(ReelFolder reels, String reel) {
        if (ReelPacking.isPacked(reels.path(reel))) {
            return wholeBytes(reels.path(reel));
        }
        return seal(reels, reel)
                .map(seal -> EMPTY_REEL + seal.records() * ENTRY + bytes(seal.sessions()))
                .orElseGet(() -> wholeBytes(reels.path(reel)));
    }

    private static Optional<Seal> seal(ReelFolder reels, String reel) {
        try {
            return reels.seal(reel);
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /** Of directory and files, as if these had no holes. */
    private static long wholeBytes(Path reel) {
        try (Stream<Path> files = Files.list(reel)) {
            long bytes = DISK_BLOCK;
            for (Path file : files.toList()) {
                bytes += (Files.size(file) + DISK_BLOCK - 1) / DISK_BLOCK * DISK_BLOCK;
            }
            return bytes;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure the reel " + reel + ": " + Reason.of(e), e);
        }
    }
}
