package io.qmptape.cli;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Validator;
import io.qmptape.proxy.Proxy;
import io.qmptape.proxy.ProxyOptions;
import io.qmptape.proxy.Surroundings;
import io.qmptape.proxy.Waiting;
import io.qmptape.store.Tape;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Recorder;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.util.concurrent.atomic.AtomicBoolean;

/** A proxy with a recorder behind it, in this process. Owns both and the event loops. */
final class Recording implements AutoCloseable {
    private final Tape tape;
    private final ProxyOptions options;
    private final EventLoops loops;
    private final Recorder recorder;
    private final Caretaker caretaker;
    private final Proxy proxy;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** @throws java.io.UncheckedIOException if the tape cannot be written */
    Recording(Tape tape, ProxyOptions options, TapeRules rules) {
        this.tape = tape;
        this.options = options;
        tape.create();
        SystemClock clock = new SystemClock();
        this.recorder = new Recorder(tape, new Recorder.Means(judging(), rules.redaction(), clock, rules.recorder()));
        this.caretaker = new Caretaker(tape, rules.limits(), clock);
        this.loops = EventLoops.best();
        this.proxy = new Proxy(options, new Surroundings(loops, clock, recorder, Recording::tell));
    }

    static Judging judging() {
        Catalog catalog = Catalog.bundled();
        return new Judging(catalog.id(), () -> new Validator(catalog)::judge);
    }

    /**
     * Begins to listen and to record.
     *
     * @return where it listens
     * @throws java.io.UncheckedIOException if the endpoint cannot be bound
     */
    Endpoint start() {
        loops.missing().forEach(lack -> System.err.println("qmptape: " + lack));
        recorder.start();
        caretaker.start();
        try {
            Endpoint bound = proxy.start();
            System.err.println("recording " + bound + " to " + options.upstream() + " on " + tape.directory());
            return bound;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Lets open sessions finish for the grace of the options, then seals the reel. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            proxy.close();
            caretaker.close();
            recorder.close();
            loops.close();
        }
    }

    private static void tell(Waiting waiting) {
        System.err.println("qmptape: " + waiting.text());
    }
}
