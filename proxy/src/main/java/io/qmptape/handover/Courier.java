package io.qmptape.handover;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.qmptape.handover.Handover.Seen;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings traffic to a recorder in a process of its own, and starts another one when that dies: the relay shares no fate with
 * disks and mapped files. {@link #seen} hands over and returns; a thread of the courier's own polls, and it alone waits when
 * the recorder is slow or stopped.
 *
 * <pre>
 *   event loops --> queue, bounded --> courier --pipe--> recorder --> tape
 *                                        |  ^                |
 *                                     keeper +---receipts----+
 * </pre>
 */
public final class Courier implements TrafficPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** At the end so many failures are enough, however many there were before. */
    private static final int FAILURES_AT_END = 4;
    /** A recorder that ran so long was sound. */
    private static final long SOUND_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Of the queue, what may be in use before nothing more passes: what is read meanwhile fits, and is not given up. */
    private static final int REFUSED_FROM = 4;
    /** Of what may be in use before that, the part beyond which the session ends that takes most: else all would end for it. */
    private static final double CROWDED_FROM = 0.75;

    private final Starter starter;
    private final long queueBytes;
    private final OnTapeFailure onFailure;
    private final Patience patience;
    private final TrafficQueue queue;
    private final Keeper keeper;
    /** Who waits for what is on the tape. While somebody does, nobody naps. */
    private final Map<SessionId, LongConsumer> followers = new ConcurrentHashMap<>();

    private final List<Consumer<SessionId>> enders = new CopyOnWriteArrayList<>();
    private Optional<SessionId> crowder = Optional.empty();

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "qmptape-courier");
    private final Recorders recorders = new Recorders();
    private final Thread watch = new Thread(this::watch, "qmptape-watch");
    private volatile boolean isClosing;
    private int failures;
    private int failuresAtEnd;

    /** Starts a recorder that hears on stdin and answers on stdout. */
    @FunctionalInterface
    public interface Starter {
        Process start() throws IOException;
    }

    /** @param queueBytes how much may wait or be kept, over all sessions */
    public Courier(Starter starter, long queueBytes) {
        this(starter, queueBytes, OnTapeFailure.CONTINUE);
    }

    public Courier(Starter starter, long queueBytes, OnTapeFailure onFailure) {
        this(starter, queueBytes, onFailure, Patience.USUAL);
    }

    Courier(Starter starter, long queueBytes, OnTapeFailure onFailure, Patience patience) {
        this.starter = starter;
        this.patience = patience;
        this.queueBytes = queueBytes;
        this.onFailure = onFailure;
        this.queue = new TrafficQueue(queueBytes);
        this.keeper = new Keeper(queueBytes / 2, queue::release);
    }

    /**
     * Starts the recorder and waits until it can record.
     *
     * @throws UncheckedIOException if it cannot
     */
    public void start() {
        thread.start();
        watch.setDaemon(true);
        watch.start();
        try {
            ready.get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException("the recorder could not be started", new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void seen(Traffic traffic) {
        queue.put(traffic);
        wake();
        if (traffic instanceof Traffic.Closed) {
            tellTheLast(traffic.session());
        }
    }

    @Override
    public void follow(SessionId session, LongConsumer recorded) {
        followers.put(session, recorded);
        if (isClosing) {
            tellTheLast(session);
        }
    }

    @Override
    public void whenCrowded(Consumer<SessionId> end) {
        enders.add(end);
    }

    /** Nothing more is recorded of it. */
    private void tellTheLast(SessionId session) {
        Optional.ofNullable(followers.remove(session)).ifPresent(last -> last.accept(Long.MAX_VALUE));
    }

    private void wake() {
        if (!followers.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    /** With {@link OnTapeFailure#REFUSE}, whether there is a recorder, and room in the queue. What passes after the end is nobody's. */
    @Override
    public boolean takes() {
        return onFailure == OnTapeFailure.CONTINUE
                || isClosing
                || (recorders.areRecording() && queue.heldBytes() < queueBytes / REFUSED_FROM);
    }

    /** Safe for all threads. */
    public RecorderState state() {
        return recorders.state(queue.heldBytes());
    }

    /** Waits until the recorder has written all that was seen; not for ever for one that does not get on. */
    @Override
    public void close() {
        recorders.running().ifPresent(RecorderConnection::heard);
        isClosing = true;
        List.copyOf(followers.keySet()).forEach(this::tellTheLast);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The courier itself may be waiting for a recorder that reads nothing more. */
    private void watch() {
        try {
            while (thread.isAlive()) {
                thread.join(LOOK.toMillis());
                recorders
                        .running()
                        .filter(open -> open.silence().compareTo(limit(open)) > 0)
                        .ifPresent(Courier::end);
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody looks whether the recorder gets on", e);
        }
    }

    private Duration limit(RecorderConnection open) {
        if (isClosing) {
            return patience.atEnd();
        }
        return open.hasTakenOver() ? patience.working() : patience.takingOver();
    }

    private static void end(RecorderConnection hanging) {
        LOG.warn(
                "The recorder has not been heard of for {}; it is ended",
                hanging.silence().truncatedTo(SECONDS));
        hanging.heard();
        hanging.kill();
    }

    private void run() {
        try {
            while (!deliver() && !isOver()) {
                afterDeath();
            }
        } catch (InterruptedException e) {
            LOG.debug("the courier was interrupted");
        }
        if (!hasAll()) {
            LOG.error("Not all that passed is on the tape: the recorder could not be brought to write it");
        }
    }

    /** @return whether there is nothing more to do */
    private boolean deliver() throws InterruptedException {
        long startedAt = System.nanoTime();
        try (RecorderConnection open = new RecorderConnection(starter.start(), this::wake)) {
            recorders.begins(open);
            if (!ready.isDone() && !isReady(open)) {
                return true;
            }
            boolean isDone = pump(open);
            failures = System.nanoTime() - startedAt > SOUND_NANOS ? 0 : failures;
            return isDone;
        } catch (IOException e) {
            LOG.warn("The recorder cannot be started: {}", e.getMessage());
            return ready.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            LOG.error("What passed cannot be brought to the recorder", e);
            return false;
        } finally {
            recorders.ended();
        }
    }

    private boolean isReady(RecorderConnection open) throws InterruptedException {
        if (open.awaitReady()) {
            ready.complete(null);
            return true;
        }
        ready.completeExceptionally(new IOException("it ended with exit code " + open.await()));
        return false;
    }

    private boolean pump(RecorderConnection open) throws InterruptedException {
        String how = "";
        try {
            if (bring(open)) {
                return true;
            }
        } catch (IOException e) {
            how = " (" + e.getMessage() + ")";
        }
        open.kill();
        int code = open.await();
        takeReceipts(open);
        LOG.warn("The recorder died with exit code {}{}; another one goes on", code, how);
        if (open.wasReady() && onFailure == OnTapeFailure.CONTINUE) {
            keeper.recorderDied();
        }
        return false;
    }

    /** @return false if the recorder ended before its work did */
    private boolean bring(RecorderConnection open) throws IOException, InterruptedException {
        for (Handover handover : keeper.again()) {
            open.send(handover);
        }
        open.flush();
        Nap nap = new Nap();
        while (!open.hasEnded()) {
            boolean isLastRound = isClosing;
            boolean hadWork = takeReceipts(open) | send(open);
            if (hadWork) {
                nap.over();
            } else if (isLastRound) {
                return finish(open);
            } else {
                nap.take();
            }
        }
        return false;
    }

    private boolean send(RecorderConnection open) throws IOException {
        Optional<Traffic> next = queue.take();
        if (next.isEmpty()) {
            return false;
        }
        for (; next.isPresent(); next = queue.take()) {
            keeper.keep(next.get());
            open.send(new Seen(next.get()));
        }
        open.flush();
        endCrowder();
        return true;
    }

    /** A client may leave a message open for ever, and the room it takes is that of all. */
    private void endCrowder() {
        if (onFailure == OnTapeFailure.CONTINUE || queue.heldBytes() < CROWDED_FROM * queueBytes / REFUSED_FROM) {
            return;
        }
        Optional<SessionId> largest = keeper.largest();
        if (!largest.equals(crowder)) {
            crowder = largest;
            largest.ifPresent(session -> {
                LOG.warn("Session {} ends: what it has not finished takes the room of all others", session);
                enders.forEach(end -> end.accept(session));
            });
        }
    }

    private boolean takeReceipts(RecorderConnection open) {
        boolean areThere = false;
        for (Optional<Receipt> next = open.received(); next.isPresent(); next = open.received()) {
            keeper.received(next.get());
            tell(next.get());
            areThere = true;
        }
        return areThere;
    }

    private void tell(Receipt receipt) {
        LongConsumer follower = followers.get(receipt.session());
        if (follower != null && !receipt.isOver()) {
            follower.accept(receipt.written().clientBytes());
        }
    }

    private boolean finish(RecorderConnection open) throws IOException, InterruptedException {
        int code = open.finish();
        takeReceipts(open);
        return code == 0 || keeper.isEmpty();
    }

    /** At the end no recorder is started for nothing, and none is waited for that is not to be had. */
    private boolean isOver() {
        return isClosing && (hasAll() || failuresAtEnd >= FAILURES_AT_END);
    }

    private boolean hasAll() {
        return keeper.isEmpty() && queue.isEmpty();
    }

    private void afterDeath() throws InterruptedException {
        failures++;
        failuresAtEnd += isClosing ? 1 : 0;
        long pause = FIRST_PAUSE.toMillis() << Math.min(failures, 10);
        TimeUnit.MILLISECONDS.sleep(Math.min(pause, LAST_PAUSE.toMillis()));
    }
}
