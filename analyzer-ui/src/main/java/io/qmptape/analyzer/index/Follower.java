package io.qmptape.analyzer.index;

import io.qmptape.store.TapeCursor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps an index live. Reads what came, shows it, and pauses while nothing comes: 1 ms, then longer, up to
 * 250 ms. Commits at most each two seconds, for other processes and for the next start.
 */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int BATCH = 5_000;
    private static final long MAX_PAUSE_MILLIS = 250;
    private static final long COMMIT_NANOS = Duration.ofSeconds(2).toNanos();

    private final TapeIndexing indexing;
    private final Searching searching;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "qmptape-indexer");

    Follower(TapeIndexing indexing, Searching searching) {
        this.indexing = indexing;
        this.searching = searching;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                follow();
            }
        } catch (IOException | RuntimeException | InternalError e) {
            // The tape's mapped files end in InternalError where a disk fails. Recording does not depend on this
            // thread.
            LOG.error("indexing ended; searches show what is indexed so far", e);
        } catch (InterruptedException e) {
            LOG.warn("indexing was interrupted; searches show what is indexed so far");
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Until the end, or until the index has to be built anew. */
    private void follow() throws IOException, InterruptedException {
        try (TapeCursor cursor = indexing.cursor()) {
            follow(cursor);
            if (cursor.isStale()) {
                indexing.startOver();
            }
        }
    }

    private void follow(TapeCursor cursor) throws IOException, InterruptedException {
        long pauseMillis = 1;
        long committedAt = System.nanoTime();
        do {
            int read = indexing.drain(cursor, BATCH);
            pauseMillis = read > 0 ? 1 : Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
            if (read > 0) {
                searching.refresh();
            }
            if (System.nanoTime() - committedAt > COMMIT_NANOS) {
                indexing.commit();
                committedAt = System.nanoTime();
            }
        } while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS) && !cursor.isStale());
    }
}
