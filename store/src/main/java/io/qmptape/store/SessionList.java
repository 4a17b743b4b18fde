package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec.Stored;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.ledger.SealFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the sessions of a tape reel by reel. What a sealed reel holds does not change, so it is kept in a file outside the
 * tape, named by the hash of the seal, and the reel is not read again. Where that cannot be written, all is read each time.
 */
final class SessionList {
    private static final Logger LOG = LoggerFactory.getLogger(SessionList.class);

    private final Tape tape;
    private final Optional<Path> cache;
    private final Set<String> used = new TreeSet<>();

    SessionList(Tape tape, Optional<Path> cache) {
        this.tape = tape;
        this.cache = cache;
    }

    /** In the order in which they came onto the tape. */
    List<SessionSummary> read() {
        SummaryScan scan = new SummaryScan();
        for (String reel : tape.reelNames()) {
            summaries(reel).forEach(scan::add);
        }
        cache.ifPresent(this::sweep);
        return scan.summaries();
    }

    private List<SessionSummary> summaries(String reel) {
        if (cache.isEmpty() || !tape.reels().isSealed(reel)) {
            return count(reel);
        }
        try {
            String name = SealFile.hash(tape.reels().path(reel));
            used.add(name);
            Optional<List<SessionSummary>> known = known(cache.get().resolve(name));
            return known.isPresent() ? known.get() : kept(cache.get(), name, count(reel));
        } catch (IOException e) {
            LOG.debug("The reel {} is read, and not what was kept of it", reel, e);
            return count(reel);
        }
    }

    private List<SessionSummary> count(String reel) {
        SummaryScan scan = new SummaryScan();
        tape.openReel(reel).ifPresent(opened -> {
            try (ReelReader reader = opened) {
                for (Optional<Bytes> next = TapeCursor.nextWhole(reader);
                        next.isPresent();
                        next = TapeCursor.nextWhole(reader)) {
                    Stored stored = RecordCodec.decode(next.get());
                    scan.add(stored.record(), stored.arrivedAtMillis());
                }
            }
        });
        return scan.summaries();
    }

    private static Optional<List<SessionSummary>> known(Path file) throws IOException {
        try {
            return Files.exists(file)
                    ? SummaryCodec.decode(Bytes.lend(Base64.getDecoder().decode(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static List<SessionSummary> kept(Path directory, String name, List<SessionSummary> summaries) {
        Path file = directory.resolve(name);
        try {
            PrivateFiles.makeDirectory(directory);
            Files.deleteIfExists(file);
            PrivateFiles.writeOnce(
                    file,
                    Base64.getEncoder()
                            .encodeToString(SummaryCodec.encode(summaries).toArray()));
        } catch (IOException e) {
            LOG.debug("What {} would hold is counted again the next time", file, e);
        }
        return summaries;
    }

    /** What was kept of reels that are not there any more. */
    private void sweep(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!used.contains(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.debug("What is kept in {} of reels that are gone stays for now", directory, e);
        }
    }
}
