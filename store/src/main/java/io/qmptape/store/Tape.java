package io.qmptape.store;

import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.Ledger;
import io.qmptape.store.ledger.LedgerEntry;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.Seal.Replaced;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory of reels, seen as one. Opening it costs nothing; every view reads the reels anew, so what other processes
 * append meanwhile is seen. Safe for threads; the cursors it gives are not.
 */
public final class Tape {
    private final Path directory;
    private final Reels reels;
    private final ReelFolder folder;
    private final Ledger ledger;
    private final Optional<Path> cache;
    /** A tape that is removed while it is in use is made again as the same one. */
    private volatile @Nullable TapeIdentity identity;

    public Tape(Path directory, Reels reels) {
        this(directory, reels, Optional.empty());
    }

    private Tape(Path directory, Reels reels, Optional<Path> cache) {
        this.directory = directory;
        this.reels = reels;
        this.cache = cache;
        this.folder = new ReelFolder(directory, reels);
        this.ledger = new Ledger(directory, TapeIdentity.fileIn(directory));
    }

    /** The same tape, which keeps in a directory outside it what it need not read again to list its sessions. */
    public Tape cachingIn(Path elsewhere) {
        return new Tape(directory, reels, Optional.of(elsewhere));
    }

    public Path directory() {
        return directory;
    }

    public boolean exists() {
        return TapeIdentity.isIn(directory);
    }

    /** @throws TapeException if the directory holds no tape, or one of a newer version */
    public TapeIdentity identity() {
        return TapeIdentity.read(directory);
    }

    /**
     * Makes the directory (mode 0700) and its identity where they are missing.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public TapeIdentity create() {
        try {
            PrivateFiles.makeDirectory(directory);
            folder.make();
            TapeIdentity known = identity;
            TapeIdentity now = TapeIdentity.readOrCreate(directory, known == null ? TapeIdentity.random() : known);
            identity = now;
            return now;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the tape " + directory + ": " + Reason.of(e), e);
        }
    }

    /** What was sealed, removed and pinned. */
    public Ledger ledger() {
        return ledger;
    }

    /** Begins a reel of one's own on this tape, which is made if it does not exist. */
    public NewReel newReel() {
        create();
        return folder.begin();
    }

    /** Begins a reel that is on the tape as soon as it is finished, as a whole, and not before. */
    NewReel newReelAside() {
        create();
        return folder.beginAside();
    }

    /** Does what is slow with the first reel of a process, so that it is done when a session comes. */
    public void warmUp() {
        reels.warmUp();
    }

    /** Names of the reels, oldest first. */
    public List<String> reelNames() {
        return folder.names();
    }

    /**
     * All sessions, in the order in which they came onto this tape. Reads all of it that was not read before by a tape that
     * {@linkplain #cachingIn caches} in the same place.
     */
    public List<SessionSummary> sessions() {
        return new SessionList(this, cache.filter(elsewhere -> exists()).map(this::summaries)).read();
    }

    private Path summaries(Path elsewhere) {
        return elsewhere.resolve(identity().id() + ".sessions");
    }

    /**
     * The session that a person names.
     *
     * @param reference an id, a prefix of one of four characters or more, {@code latest} or {@code latest~N}
     * @throws TapeException if no session, or more than one, is meant
     */
    public SessionSummary find(String reference) {
        identity();
        return SessionReference.parse(reference).choose(sessions());
    }

    /** As {@link #find}, for several at once: each is named as the tape is now. */
    public List<SessionSummary> findAll(List<String> references) {
        identity();
        List<SessionSummary> sessions = sessions();
        return references.stream()
                .map(reference -> SessionReference.parse(reference).choose(sessions))
                .toList();
    }

    /**
     * The records of one session, from every reel that holds some, beginning with its opening. How it is spread over
     * reels does not show: there are no continuations among them.
     */
    public SessionSource session(SessionId id) {
        return sink -> new SessionTail(this, id).read(record -> {
            sink.accept(record);
            return true;
        });
    }

    /** A cursor over all records behind the given index of each reel; reels not named are read from their start. */
    public TapeCursor cursor(Map<String, Long> after) {
        return new TapeCursor(this, after);
    }

    /** The record at a position, if it is still there. */
    public Optional<SessionRecord> at(Position position) {
        if (!Files.isDirectory(folder.path(position.reel()))) {
            return Optional.empty();
        }
        return folder.open(position.reel()).flatMap(reader -> {
            try (reader) {
                return reader.at(position.index())
                        .filter(RecordCodec::isWhole)
                        .map(record -> RecordCodec.decode(record).record());
            }
        });
    }

    /** Empty for a reel that is not begun. */
    Optional<ReelReader> openReel(String name) {
        return folder.open(name);
    }

    /** A sealed reel says what it holds, so it need not be read through. */
    public boolean mayHold(String reel, SessionId id) {
        try {
            return folder.seal(reel)
                    .map(seal -> seal.sessions().stream()
                            .anyMatch(part -> part.session().equals(id)))
                    .orElse(true);
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Its reels as directories, for what cares for the tape. */
    public ReelFolder reels() {
        return folder;
    }

    /** Seals a reel that was written to its end, and lets one that stands in for another take that one's place. */
    void finish(NewReel reel, ReelContents contents, Optional<Replaced> replaced) {
        try {
            Seal seal = writeSeal(reel.name(), reel.directory(), contents, replaced);
            boolean isAside = !reel.directory().equals(folder.path(reel.name()));
            if (isAside) {
                folder.publish(reel);
            }
            if (isAside && replaced.isEmpty()) {
                enterOrTakeBack(reel, seal);
            } else {
                enter(seal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot seal the reel " + reel.name() + ": " + Reason.of(e), e);
        }
    }

    /** What comes from elsewhere is on the tape with its line in the ledger, or not at all. */
    private void enterOrTakeBack(NewReel reel, Seal seal) throws IOException {
        try {
            enter(seal);
        } catch (IOException | UncheckedIOException e) {
            folder.unpublish(reel);
            throw e;
        }
    }

    /** Seals a reel that its writer has left, as it is. */
    public void seal(String name, ReelContents contents) {
        try {
            enter(writeSeal(name, folder.path(name), contents, Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot seal the reel " + name + ": " + Reason.of(e), e);
        }
    }

    /** @return the seal that stands there then: one that was there before stays */
    private static Seal writeSeal(String name, Path directory, ReelContents contents, Optional<Replaced> replaced)
            throws IOException {
        SealFile.write(
                directory, new Seal(name, contents.torn(), SealFile.files(directory), contents.parts(), replaced));
        return SealFile.read(directory);
    }

    /** Puts a sealed reel into the ledger, and the one that it replaces out of it and away. */
    public void enter(Seal seal) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        String hash = SealFile.hash(folder.path(seal.reel()));
        entries.add(new LedgerEntry.Sealed(seal.reel(), hash, seal.sessions().size(), seal.records()));
        seal.replaced()
                .ifPresent(
                        old -> entries.add(new LedgerEntry.Removed(old.reel(), old.why(), seal.reel(), old.removed())));
        ledger.append(entries);
        seal.replaced().ifPresent(old -> folder.remove(old.reel()));
    }
}
