package io.qmptape.store.recorder;

import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what the relay saw on the tape. {@link #seen} hands over and returns; a thread of the recorder's own polls, with a
 * pause that grows while nothing comes, so that event loops never signal it. Owns its reel and its thread.
 */
public final class Recorder implements TrafficPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    /** Waking up costs more than a message: with a shorter pause each would be fetched alone. */
    private static final long MIN_PAUSE_NANOS = 1_000_000;

    private static final long MAX_PAUSE_NANOS = 2_000_000;
    /** A wall clock that moves this much against the monotonic one was stepped, not disciplined. */
    private static final Duration STEP = Duration.ofMillis(500);

    private final Tape tape;
    private final RecordingQueue queue;
    private final TapeFeed feed;
    private final Scribes scribes;
    private final Clock clock;
    private final long clockEveryNanos;
    private final Thread thread = new Thread(this::run, "qmptape-recorder");
    private volatile boolean isClosing;
    private ClockPair lastPair;

    /** What a recorder writes with. */
    public record Means(Judging judging, Redaction redaction, Clock clock, RecorderOptions options) {}

    /** Makes its reel when the first session opens. */
    public Recorder(Tape tape, Means means) {
        RecorderOptions options = means.options();
        this.tape = tape;
        this.queue = new RecordingQueue(options.queueBytes());
        this.clock = means.clock();
        this.clockEveryNanos = options.clockEvery().toNanos();
        this.lastPair = clock.pair();
        this.feed = new TapeFeed(tape, clock, options);
        this.scribes = new Scribes(means.judging(), means.redaction(), feed::append);
    }

    /**
     * Begins to record. Takes a moment: the tape's library is set up now and not with the first session, which may be over
     * before that is done.
     *
     * @throws java.io.UncheckedIOException if this process cannot write reels
     */
    public void start() {
        tape.warmUp();
        thread.start();
    }

    @Override
    public void seen(Traffic traffic) {
        queue.put(traffic);
    }

    /** Whether the tape cannot be written now, so that what passes is counted as a gap. Safe for all threads. */
    public boolean isFailing() {
        return feed.isFailing();
    }

    /** Writes what was handed over before the call, then seals the reel. Waits for that. */
    @Override
    public void close() {
        isClosing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = MIN_PAUSE_NANOS;
        while (true) {
            boolean isLastRound = isClosing;
            boolean hadWork = drain();
            watchFaultlessly();
            feed.tick();
            if (hadWork) {
                pause = MIN_PAUSE_NANOS;
            } else if (isLastRound) {
                break;
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(MAX_PAUSE_NANOS, pause * 2);
            }
        }
        feed.close();
    }

    /** Whatever happens, the thread goes on: nobody else would notice its end. */
    private void watchFaultlessly() {
        try {
            watchClock();
        } catch (InternalError e) {
            feed.broke(e);
        } catch (RuntimeException e) {
            LOG.error("The clock's time is not on the tape", e);
        }
    }

    private boolean drain() {
        boolean hadWork = false;
        for (Optional<Traffic> next = queue.take(); next.isPresent(); next = queue.take()) {
            hadWork = true;
            record(next.get());
        }
        return hadWork;
    }

    /** An error in one session's record must not end the recording of the others. */
    private void record(Traffic traffic) {
        try {
            write(traffic);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.error("Session {} cannot be recorded further", traffic.session(), e);
            scribes.drop(traffic.session());
        } catch (InternalError e) {
            feed.broke(e);
        }
    }

    private void write(Traffic traffic) {
        if (traffic instanceof Traffic.Opened opened) {
            scribes.open(opened, Opened.RECORDED);
            return;
        }
        if (traffic instanceof Traffic.Lost lost) {
            LOG.warn("Session {}: {} bytes came faster than they could be recorded", lost.session(), lost.bytes());
        }
        scribes.accept(traffic);
    }

    private void watchClock() {
        long now = clock.nanos();
        if (now - lastPair.nanos()
                < Math.min(clockEveryNanos, Duration.ofSeconds(1).toNanos())) {
            return;
        }
        ClockPair pair = clock.pair();
        Duration drift =
                Duration.between(lastPair.wallAt(pair.nanos()), pair.wall()).abs();
        if (drift.compareTo(STEP) > 0 || now - lastPair.nanos() >= clockEveryNanos) {
            feed.clockRead(pair);
            lastPair = pair;
        }
    }
}
