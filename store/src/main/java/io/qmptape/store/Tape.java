package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory of reels, seen as one. Opening it costs nothing; every view reads the reels anew, so what other processes
 * append meanwhile is seen. Safe for threads; the cursors it gives are not.
 */
public final class Tape {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Reels reels;

    public Tape(Path directory, Reels reels) {
        this.directory = directory;
        this.reels = reels;
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
            Files.createDirectories(reelsDirectory());
            if (!Files.isWritable(reelsDirectory())) {
                throw new IOException("it cannot be written");
            }
            return TapeIdentity.readOrCreate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the tape " + directory + ": " + Reason.of(e), e);
        }
    }

    /** Begins a reel of one's own on this tape, which is made if it does not exist. */
    public NewReel newReel() {
        create();
        String name =
                STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new NewReel(name, reels.create(reelsDirectory().resolve(name)));
    }

    /** A reel that was just made; the writer is the caller's to close. */
    public record NewReel(String name, ReelWriter writer) {}

    /** Does what is slow with the first reel of a process, so that it is done when a session comes. */
    public void warmUp() {
        reels.warmUp();
    }

    /** Names of the reels, oldest first. */
    public List<String> reelNames() {
        if (!Files.isDirectory(reelsDirectory())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(reelsDirectory())) {
            return entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the reels of " + directory + ": " + Reason.of(e), e);
        }
    }

    /** All sessions, in the order in which they came onto this tape. Reads the whole tape. */
    public List<SessionSummary> sessions() {
        SummaryScan scan = new SummaryScan();
        try (TapeCursor cursor = cursor(Map.of())) {
            for (Optional<Placed> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                scan.add(next.get().record(), cursor.arrivedAtMillis());
            }
        }
        return scan.summaries();
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

    /**
     * The records of one session, from every reel that holds some, beginning with its opening. How it is spread over
     * reels does not show: there are no continuations among them.
     */
    public SessionSource session(SessionId id) {
        return sink -> readSession(id, sink);
    }

    /** A cursor over all records behind the given index of each reel; reels not named are read from their start. */
    public TapeCursor cursor(Map<String, Long> after) {
        return new TapeCursor(this, after);
    }

    /** The record at a position, if it is still there. */
    public Optional<SessionRecord> at(Position position) {
        Path path = reelsDirectory().resolve(position.reel());
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        return reels.open(path).flatMap(reader -> {
            try (reader) {
                return reader.at(position.index())
                        .filter(RecordCodec::isWhole)
                        .map(record -> RecordCodec.decode(record).record());
            }
        });
    }

    /** Empty for a reel that is not begun. */
    Optional<ReelReader> openReel(String name) {
        return reels.open(reelsDirectory().resolve(name));
    }

    private void readSession(SessionId id, Consumer<SessionRecord> sink) {
        boolean isOpened = false;
        for (String name : reelNames()) {
            Optional<ReelReader> opened = openReel(name);
            if (opened.isEmpty()) {
                continue;
            }
            try (ReelReader reader = opened.get()) {
                for (Optional<Bytes> next = TapeCursor.nextWhole(reader);
                        next.isPresent();
                        next = TapeCursor.nextWhole(reader)) {
                    if (RecordCodec.isOf(next.get(), id)) {
                        isOpened = hand(RecordCodec.decode(next.get()).record(), isOpened, sink);
                    }
                }
            }
        }
    }

    /** The opening may be missing: its reel was dropped, or could not be written. The continuation has a copy. */
    private static boolean hand(SessionRecord record, boolean isOpened, Consumer<SessionRecord> sink) {
        if (!(record instanceof SessionRecord.Continued continued)) {
            sink.accept(record);
        } else if (!isOpened) {
            sink.accept(continued.opened());
        }
        return true;
    }

    private Path reelsDirectory() {
        return directory.resolve("reels");
    }
}
