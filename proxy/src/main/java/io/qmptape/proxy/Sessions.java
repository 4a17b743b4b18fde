package io.qmptape.proxy;

import io.qmptape.traffic.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The sessions that are open. Safe for all threads: sessions come and go on their loops, the end comes from outside. */
final class Sessions {
    private enum Stage {
        SERVING,
        DRAINING,
        FINISHING,
        STOPPED
    }

    /** Only a loop that is stuck or already shut down lets it pass. */
    private static final Duration FORCED = Duration.ofSeconds(5);

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private volatile Stage stage = Stage.SERVING;

    /**
     * A session that comes while all are being stopped is stopped with them: first seen here, then told. One that comes when
     * nothing is told of any more is never told of.
     */
    void add(Session session) {
        open.add(session);
        if (stage == Stage.DRAINING) {
            session.staysUnseen();
        } else {
            tell(session);
        }
    }

    void remove(Session session) {
        open.remove(session);
    }

    /** Ends that one, if it is open here. */
    void stop(SessionId session) {
        open.stream().filter(one -> one.id().equals(session)).forEach(Session::stop);
    }

    boolean isStopping() {
        return stage != Stage.SERVING;
    }

    long pendingBytes() {
        return open.stream().mapToLong(Session::pendingBytes).sum();
    }

    int count() {
        return open.size();
    }

    /** Returns when the port hears no more of any session; they go on. */
    void drain() {
        advance(Stage.DRAINING);
        CompletableFuture.allOf(futures(Session::untold))
                .completeOnTimeout(null, FORCED.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    void finish() {
        advance(Stage.FINISHING);
    }

    void stop(Duration grace) {
        finish();
        if (!await(grace)) {
            advance(Stage.STOPPED);
            await(FORCED);
        }
    }

    private void advance(Stage next) {
        if (stage.compareTo(next) < 0) {
            stage = next;
        }
        open.forEach(this::tell);
    }

    private void tell(Session session) {
        switch (stage) {
            case SERVING -> {}
            case DRAINING -> session.endRecording();
            case FINISHING -> session.stopWaiting();
            case STOPPED -> session.stop();
        }
    }

    private boolean await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!open.isEmpty()) {
                CompletableFuture.allOf(futures(Session::ended))
                        .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session never fails", e);
        }
    }

    private CompletableFuture<?>[] futures(Function<Session, CompletableFuture<Void>> which) {
        return List.copyOf(open).stream().map(which).toArray(CompletableFuture[]::new);
    }
}
