package io.qmptape.analyzer.index;

import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of one tape's index. What cannot be used, because it is damaged or of another version or tape, is deleted and begun anew. */
final class IndexFolder implements AutoCloseable {
    /** Goes up with every change of fields or byte forms. */
    static final String VERSION = "2";

    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);
    private static final double BUFFER_MEGABYTES = 48;

    private final Tape tape;
    private final String tapeId;
    private final Path path;
    private final Directory directory;

    private IndexFolder(Tape tape, String tapeId, Path path, Directory directory) {
        this.tape = tape;
        this.tapeId = tapeId;
        this.path = path;
        this.directory = directory;
    }

    /** @throws io.qmptape.store.TapeException if there is no tape */
    static IndexFolder open(Path cacheRoot, Tape tape) throws IOException {
        String id = tape.identity().id().toString();
        Path path = cacheRoot.resolve(id);
        PrivateFiles.makeDirectory(path);
        return new IndexFolder(tape, id, path, FSDirectory.open(path));
    }

    /** The writer with what is indexed already; empty while another process, or another index here, has it. */
    Optional<IndexWriter> tryWriter() throws IOException {
        Optional<IndexWriter> found;
        try {
            found = usable();
        } catch (LockObtainFailedException taken) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException damage) {
            LOG.warn("the index is damaged and will be built anew: {} ({})", path, damage.toString());
            found = Optional.empty();
        }
        return found.isPresent() ? found : tryNewWriter();
    }

    /** What others have committed; empty if nothing is yet. */
    Optional<DirectoryReader> tryReader() throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return Optional.empty();
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        Map<String, String> data = reader.getIndexCommit().getUserData();
        if (!VERSION.equals(data.get(Progress.VERSION))) {
            reader.close();
            throw new TapeException("another version of qmptape is using the index " + path + ": end it first");
        }
        return Optional.of(reader);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    Path path() {
        return path;
    }

    private Optional<IndexWriter> usable() throws IOException {
        IndexWriter writer = new IndexWriter(directory, config());
        boolean isUsable = false;
        try {
            isUsable = isOfThisTape(writer);
            DirectoryReader.open(writer).close();
            return isUsable ? Optional.of(writer) : Optional.empty();
        } finally {
            if (!isUsable) {
                writer.rollback();
            }
        }
    }

    private boolean isOfThisTape(IndexWriter writer) {
        Map<String, String> data = userData(writer);
        return VERSION.equals(data.get(Progress.VERSION))
                && tapeId.equals(data.get(Progress.TAPE))
                && new HashSet<>(tape.reelNames())
                        .containsAll(Progress.of(data).reels().keySet());
    }

    private Optional<IndexWriter> tryNewWriter() throws IOException {
        try {
            clear();
            IndexWriter writer = new IndexWriter(directory, config());
            Progress.begin(tapeId).commit(writer);
            return Optional.of(writer);
        } catch (LockObtainFailedException taken) {
            return Optional.empty();
        }
    }

    private void clear() throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            for (String file : directory.listAll()) {
                lock.ensureValid();
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
        }
    }

    private static IndexWriterConfig config() {
        return new IndexWriterConfig(null)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setMergePolicy(new LogDocMergePolicy())
                .setMergeScheduler(new SerialMergeScheduler());
    }

    static Map<String, String> userData(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
        if (live != null) {
            live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }
}
