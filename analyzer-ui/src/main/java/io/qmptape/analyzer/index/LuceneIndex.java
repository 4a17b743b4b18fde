package io.qmptape.analyzer.index;

import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeCursor;
import io.qmptape.store.TapeException;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one tape, in a directory of the cache that is named by the tape's identity. It may be deleted at any time
 * while nobody has it open. One process at a time writes it ({@link #isFollowing}); all others read what that one commits.
 *
 * <pre>
 * open -> catchUp -> queries                      a command that asks once
 * open -> start -> queries, ever newer -> close   a page
 * </pre>
 *
 * <p>Safe for threads. Owns directory, writer, readers and the follower's thread.
 */
public final class LuceneIndex implements MessageIndex, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);
    private static final Set<String> FACETS = Set.of("command", "event", "kind", "error.class", "session");
    private static final int BATCH = 100_000;
    private static final int MAX_BUCKETS = 10_000;
    private static final int OPEN_ATTEMPTS = 250;
    private static final long OPEN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final IndexFolder folder;
    private final Searching searching;
    private final @Nullable TapeIndexing indexing;
    private @Nullable Follower follower;

    private LuceneIndex(IndexFolder folder, Searching searching, @Nullable TapeIndexing indexing) {
        this.folder = folder;
        this.searching = searching;
        this.indexing = indexing;
    }

    /**
     * Opens the index of a tape, or begins it; a damaged one, or one of another version, is built anew. Nothing is indexed
     * before {@link #catchUp} or {@link #start}.
     *
     * @param cacheRoot directory for the indexes of all tapes; made if it does not exist
     * @throws TapeException if there is no tape, or another version of qmptape is using the index
     * @throws UncheckedIOException if the directory cannot be made, read or written
     */
    public static LuceneIndex open(Path cacheRoot, Tape tape) {
        try {
            IndexFolder folder = IndexFolder.open(cacheRoot, tape);
            for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
                Optional<LuceneIndex> index = tryOpen(folder, tape);
                if (index.isPresent()) {
                    return index.get();
                }
                // Whoever has the lock is just making the index.
                LockSupport.parkNanos(OPEN_PAUSE_NANOS);
            }
            folder.close();
            throw new TapeException("the index " + folder.path() + " is locked, and holds nothing: end who made it");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the index in " + cacheRoot + ": " + e, e);
        }
    }

    /** Whether this process writes the index; if not, another does, and queries see what that one has committed. */
    public boolean isFollowing() {
        return indexing != null;
    }

    /** Indexes what is on the tape by now, and commits it. Does nothing where another process does so. */
    public void catchUp() {
        if (indexing == null) {
            return;
        }
        try {
            while (isStale(indexing)) {
                indexing.startOver();
            }
            indexing.commit();
            searching.refresh();
        } catch (IOException e) {
            throw new UncheckedIOException("the index cannot be written: " + e, e);
        }
    }

    private static boolean isStale(TapeIndexing indexing) throws IOException {
        try (TapeCursor cursor = indexing.cursor()) {
            while (indexing.drain(cursor, BATCH) == BATCH) {
                indexing.commit();
            }
            return cursor.isStale();
        }
    }

    /** Indexes from now on, in a thread of its own, what is on the tape and what comes. Does nothing where another process does so. */
    public synchronized void start() {
        if (indexing != null && follower == null) {
            follower = new Follower(indexing, searching);
            follower.start();
        }
    }

    @Override
    public List<SessionSummary> sessions() {
        return searching.ask(view -> view.sessions().summaries());
    }

    @Override
    public Optional<SessionSummary> session(SessionId id) {
        return searching.ask(view -> view.sessions().find(id).map(IndexedSession::summary));
    }

    @Override
    public List<Integer> activity(SessionId id, int buckets) {
        if (buckets < 1 || buckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("activity comes in 1 to " + MAX_BUCKETS + " parts, not " + buckets);
        }
        return searching.ask(view -> {
            Optional<IndexedSession> session = view.sessions().find(id);
            return session.isEmpty() ? List.of() : view.activity(session.get().summary(), buckets);
        });
    }

    @Override
    public MessagePage messages(SessionId id, String query, long offset, int limit) {
        IndexView.Range range = new IndexView.Range(offset, limit);
        return searching.ask(view -> view.messages(id, query, range));
    }

    @Override
    public MessagePage search(String query, long offset, int limit) {
        IndexView.Range range = new IndexView.Range(offset, limit);
        return searching.ask(view -> view.search(query, range));
    }

    @Override
    public Optional<MessageRow> message(SessionId id, long sequence) {
        return messages(id, List.of(sequence)).stream().findFirst();
    }

    @Override
    public List<MessageRow> messages(SessionId id, List<Long> sequences) {
        return searching.ask(view -> view.messages(id, sequences));
    }

    @Override
    public Map<String, Long> facet(String query, String field, int limit) {
        if (!FACETS.contains(field)) {
            throw new IllegalArgumentException("'" + field + "' is not counted; " + String.join(", ", FACETS) + " are");
        }
        return searching.ask(view -> view.facet(query, field, limit));
    }

    @Override
    public long indexedRecords() {
        return indexing == null ? searching.ask(IndexView::committedRecords) : indexing.records();
    }

    /** Commits and closes. No query may run any more. */
    @Override
    public synchronized void close() {
        Follower running = follower;
        follower = null;
        // Closed from the last to the first.
        try (folder;
                indexing;
                searching;
                running) {
            LOG.debug("closing the index");
        } catch (IOException e) {
            throw new UncheckedIOException("the index " + folder.path() + " cannot be closed: " + e, e);
        }
    }

    private static Optional<LuceneIndex> tryOpen(IndexFolder folder, Tape tape) throws IOException {
        Optional<IndexWriter> writer = folder.tryWriter();
        if (writer.isPresent()) {
            Searching searching = Searching.in(writer.get());
            var states = searching.ask(IndexView::readStates);
            return Optional.of(new LuceneIndex(folder, searching, new TapeIndexing(tape, writer.get(), states)));
        }
        Optional<DirectoryReader> reader = folder.tryReader();
        return reader.isEmpty()
                ? Optional.empty()
                : Optional.of(new LuceneIndex(folder, Searching.over(reader.get()), null));
    }
}
