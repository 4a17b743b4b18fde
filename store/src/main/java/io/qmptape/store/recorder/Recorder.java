package io.qmptape.store.recorder;

import io.qmptape.handover.Handover.Seen;
import io.qmptape.handover.Nap;
import io.qmptape.handover.TrafficQueue;
import io.qmptape.store.Tape;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.util.Optional;

/**
 * A recorder in the relay's own process: puts what the relay saw on the tape. {@link #seen} hands over and returns; a thread of
 * the recorder's own polls, so that event loops never signal it. Owns its reel and its thread.
 */
public final class Recorder implements TrafficPort, AutoCloseable {
    private final Tape tape;
    private final TrafficQueue queue;
    private final RecorderWork work;
    private final Thread thread = new Thread(this::run, "qmptape-recorder");
    private volatile boolean isClosing;

    /** What a recorder writes with. */
    public record Means(Judging judging, Redaction redaction, Clock clock, RecorderOptions options) {}

    /** Makes its reel when the first session opens. */
    public Recorder(Tape tape, Means means) {
        this.tape = tape;
        this.queue = new TrafficQueue(means.options().queueBytes());
        this.work = new RecorderWork(tape, means);
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
        return work.isFailing();
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
        Nap.between(() -> isClosing, this::round);
        work.close();
    }

    private boolean round() {
        boolean hadWork = drain();
        work.tick();
        return hadWork;
    }

    private boolean drain() {
        boolean hadWork = false;
        for (Optional<Traffic> next = queue.take(); next.isPresent(); next = queue.take()) {
            hadWork = true;
            queue.release(TrafficQueue.cost(next.get()));
            work.take(new Seen(next.get()));
        }
        return hadWork;
    }
}
