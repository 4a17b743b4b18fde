package io.qmptape.cli;

import io.qmptape.proxy.Proxy;
import io.qmptape.proxy.ProxyOptions;
import io.qmptape.proxy.Surroundings;
import io.qmptape.proxy.Waiting;
import io.qmptape.store.Tape;
import io.qmptape.traffic.Clock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy with a recorder behind it. Owns both and the event loops. */
final class Recording implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Tape tape;
    private final ProxyOptions options;
    private final EventLoops loops;
    private final RecorderSite recorder;
    private final Proxy proxy;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** @throws java.io.UncheckedIOException if the tape cannot be made */
    Recording(Tape tape, ProxyOptions options, RecorderSite recorder, Clock clock) {
        this.tape = tape;
        this.options = options;
        this.recorder = recorder;
        tape.create();
        this.loops = EventLoops.best();
        this.proxy = new Proxy(options, new Surroundings(loops, clock, recorder.port(), Recording::tell));
    }

    /**
     * Begins to listen and to record.
     *
     * @return where it listens
     * @throws java.io.UncheckedIOException if the endpoint cannot be bound, or the tape not written
     */
    Endpoint start() {
        loops.missing(options.listen(), options.upstream()).forEach(lack -> System.err.println("qmptape: " + lack));
        try {
            recorder.start();
            Endpoint bound = proxy.start();
            System.err.println("recording " + bound + " to " + options.upstream() + " on " + tape.directory());
            return bound;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Stops listening, seals the reel, and relays on unseen until all sessions are closed or a signal comes: a stream of bytes
     * cannot be handed back, and some clients kill the machine whose monitor goes away.
     */
    void drain(Ending ending) throws InterruptedException {
        proxy.drain();
        recorder.close();
        int open = proxy.openSessions();
        if (open > 0) {
            System.err.println("recording ended; open sessions, relayed on until they close: " + open
                    + " (one more signal ends them)");
        }
        boolean isToEnd = false;
        while (proxy.openSessions() > 0 && !isToEnd) {
            isToEnd = ending.await(LOOK);
        }
    }

    /** Lets open sessions finish for the grace of the options, then seals the reel. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            proxy.close();
            recorder.close();
            loops.close();
        }
    }

    private static void tell(Waiting waiting) {
        System.err.println("qmptape: " + waiting.text());
    }
}
