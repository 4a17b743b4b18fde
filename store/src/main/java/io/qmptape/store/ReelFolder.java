package io.qmptape.store;

import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SealFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reels of a tape as directories. A writer holds the lock of its reel's name from before the reel is made until it is
 * sealed, so a reel that is not sealed and not locked has lost its writer. Names that begin with a dot are drafts.
 */
public final class ReelFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ReelFolder.class);
    private static final String DRAFT = ".";
    /** Behind a reel's name, among the locks: somebody waits for its end. */
    private static final String END = ".end";

    private final Path reels;
    private final Path locks;
    private final Reels kind;

    ReelFolder(Path tape, Reels kind) {
        this.reels = tape.resolve("reels");
        this.locks = tape.resolve("locks");
        this.kind = kind;
    }

    void make() throws IOException {
        PrivateFiles.makeDirectory(reels);
        PrivateFiles.makeDirectory(locks);
        if (!Files.isWritable(reels)) {
            throw new IOException("it cannot be written");
        }
    }

    /** Reels as readers see them, oldest first: of a reel that was written anew only the newest generation. */
    public List<String> names() {
        Map<String, ReelName> newest = new TreeMap<>();
        for (String text : all()) {
            ReelName name = ReelName.parse(text);
            newest.merge(name.base(), name, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        return newest.values().stream().map(ReelName::toString).toList();
    }

    /** Every reel, also those that a newer generation has replaced. */
    public List<String> all() {
        if (!Files.isDirectory(reels)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(reels)) {
            // a link would lead out of the tape
            return entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.startsWith(DRAFT))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the reels in " + reels + ": " + Reason.of(e), e);
        }
    }

    /** @throws IllegalArgumentException if it is no name of a reel, or a way to somewhere else */
    public Path path(String name) {
        if (!PrivateFiles.isPlainName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a reel");
        }
        return reels.resolve(name);
    }

    private Path draft(String name) {
        return path(name).resolveSibling(DRAFT + name);
    }

    /** Where a file of a reel may be written anew, before it takes the old one's place. */
    public Path draftOfFile(String name) {
        return draft(name + ".file");
    }

    /** A reel that is too damaged to be opened is passed over: the others can still be read. */
    Optional<ReelReader> open(String name) {
        try {
            return kind.open(path(name));
        } catch (RuntimeException | InternalError e) {
            // Chronicle tells of damage by many types.
            LOG.warn("The reel {} is damaged and passed over; qmptape verify tells more ({})", name, e.toString());
            return Optional.empty();
        }
    }

    /** See {@link Reels#scan}. */
    public void scan(String name, ReelScan sink) {
        kind.scan(path(name), sink);
    }

    /** What a sealed reel holds; empty while it is not sealed.
     *
     * @throws IOException if its seal cannot be read
     */
    public Optional<Seal> seal(String name) throws IOException {
        return SealFile.isIn(path(name)) ? Optional.of(SealFile.read(path(name))) : Optional.empty();
    }

    public boolean isSealed(String name) {
        return SealFile.isIn(path(name));
    }

    public boolean isBeingWritten(String name) {
        return FileMutex.isHeld(locks.resolve(name));
    }

    /**
     * Asks whoever writes a reel to end it. The request is a lock beside the reel's own, so it lasts no longer than the
     * process that waits, and what that leaves is swept away with other locks. To be called by whoever cares for the tape
     * alone.
     *
     * @return to be closed and deleted by whoever has waited long enough
     */
    public FileMutex requestEnd(String name) {
        return tryLock(name + END)
                .orElseThrow(() -> new UncheckedIOException(
                        new IOException("somebody else is waiting for the end of the reel " + name)));
    }

    /** Whether somebody waits for a reel's end, or died while waiting. Takes no lock: one look at a name. */
    boolean isEndRequested(String name) {
        return Files.exists(locks.resolve(name + END), LinkOption.NOFOLLOW_LINKS);
    }

    /** When a reel began, milliseconds since 1970, as its name tells; the end of time if it does not. */
    public long beganMillis(String name) {
        return ReelName.parse(name).began().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    /** Begins a reel behind all others. */
    NewReel begin() {
        ReelName name = ReelName.after(last(), Instant.now());
        return create(name, path(name.toString()));
    }

    private Optional<ReelName> last() {
        List<String> names = all();
        return names.isEmpty() ? Optional.empty() : Optional.of(ReelName.parse(names.get(names.size() - 1)));
    }

    /** Begins a reel behind all others that readers do not see before it is finished. */
    NewReel beginAside() {
        ReelName name = ReelName.after(last(), Instant.now());
        return create(name, draft(name.toString()));
    }

    /** Begins a draft of a reel's next generation, which readers do not see yet. */
    public NewReel beginDraft(String reel) {
        ReelName name = ReelName.parse(reel).writtenAnew();
        Path draft = draft(name.toString());
        deleteTree(draft);
        return create(name, draft);
    }

    /** Lets a finished draft appear. */
    void publish(NewReel draft) {
        Path place = path(draft.name());
        try {
            Files.move(draft.directory(), place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the reel " + place + ": " + Reason.of(e), e);
        }
    }

    /** Takes one back that was published and is still the writer's own. */
    void unpublish(NewReel draft) {
        try {
            Files.move(path(draft.name()), draft.directory(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take back the reel " + draft.name() + ": " + Reason.of(e), e);
        }
    }

    /** Takes a reel away: at once for readers who come. */
    public void remove(String name) {
        Path place = path(name);
        Path gone = draft(name + ".removed");
        try {
            if (Files.exists(place)) {
                Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the reel " + place + ": " + Reason.of(e), e);
        }
        deleteTree(gone);
    }

    /** Deletes what interrupted work has left. To be called by whoever cares for the tape alone. */
    public void sweep() {
        try (Stream<Path> entries = Files.list(reels)) {
            entries.filter(path -> isLeft(String.valueOf(path.getFileName())))
                    .toList()
                    .forEach(ReelFolder::deleteTree);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the reels in " + reels + ": " + Reason.of(e), e);
        }
        sweepLocks();
    }

    /** Those that nobody holds: of writers that died. */
    private void sweepLocks() {
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (Stream<Path> entries = Files.list(locks)) {
            entries.map(path -> String.valueOf(path.getFileName()))
                    .toList()
                    .forEach(name -> tryLock(name).ifPresent(FileMutex::closeAndDelete));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the locks in " + locks + ": " + Reason.of(e), e);
        }
    }

    private boolean isLeft(String name) {
        return name.startsWith(DRAFT) && !isBeingWritten(name.substring(DRAFT.length()));
    }

    /** The lock of a reel whose writer is gone; empty while it is being written. */
    public Optional<FileMutex> tryLock(String name) {
        return FileMutex.tryAcquire(locks.resolve(name));
    }

    private NewReel create(ReelName name, Path directory) {
        FileMutex lock = FileMutex.tryAcquire(locks.resolve(name.toString()))
                .orElseThrow(() -> new UncheckedIOException(new IOException("the reel " + name + " is being written")));
        try {
            return new NewReel(name.toString(), directory, kind.create(directory), lock);
        } catch (RuntimeException | Error e) {
            lock.closeAndDelete();
            throw e;
        }
    }

    private static void deleteTree(Path directory) {
        try {
            PrivateFiles.deleteTree(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory + ": " + Reason.of(e), e);
        }
    }
}
