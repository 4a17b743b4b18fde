package io.qmptape.cli;

import io.qmptape.proxy.Proxy;
import io.qmptape.proxy.ProxyOptions;
import io.qmptape.proxy.Surroundings;
import io.qmptape.proxy.Waiting;
import io.qmptape.store.Tape;
import io.qmptape.traffic.Clock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.InterposedEndpoint;
import io.qmptape.transport.ServiceManager;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Proxies with one recorder behind them. Owns all of them and the event loops. */
final class Recording implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Tape tape;
    private final EventLoops loops;
    private final RecorderSite recorder;
    private final List<Way> ways;
    private final ServiceManager serviceManager = ServiceManager.ofThisProcess();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** @throws java.io.UncheckedIOException if the tape cannot be made */
    Recording(Tape tape, ProxyOptions options, RecorderSite recorder, Clock clock) {
        this(tape, List.of(options), recorder, clock);
    }

    /**
     * @param all a monitor each
     * @throws java.io.UncheckedIOException if the tape cannot be made
     */
    Recording(Tape tape, List<ProxyOptions> all, RecorderSite recorder, Clock clock) {
        this.tape = tape;
        this.recorder = recorder;
        tape.create();
        this.loops = EventLoops.best();
        Surroundings surroundings = new Surroundings(loops, clock, recorder.port(), recorder.delays(), Recording::tell);
        this.ways = all.stream()
                .map(options -> new Way(options, new Proxy(options, surroundings)))
                .toList();
    }

    /**
     * Begins to listen and to record: at all monitors or, if one fails, at none.
     *
     * @return where the first one listens
     * @throws java.io.UncheckedIOException if an endpoint cannot be bound, or the tape not written
     */
    Endpoint start() {
        Endpoint[] used = ways.stream()
                .flatMap(way -> Stream.of(way.options().listen(), way.options().upstream()))
                .toArray(Endpoint[]::new);
        loops.missing(used).forEach(lack -> System.err.println("qmptape: " + lack));
        try {
            recorder.start();
            Endpoint first = ways.stream().map(this::start).toList().get(0);
            serviceManager.ready();
            return first;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Endpoint start(Way way) {
        Endpoint bound = way.proxy().start();
        String whereTo = bound instanceof InterposedEndpoint
                ? ", interposed,"
                : " to " + way.options().upstream();
        System.err.println("recording " + bound + whereTo + " on " + tape.directory());
        return bound;
    }

    /** Those that clients do not come to any more: another server took their path, or it was removed. */
    List<Endpoint> displaced() {
        return ways.stream()
                .filter(way -> !way.proxy().isInPlace())
                .map(way -> way.options().listen())
                .toList();
    }

    /** How many clients there are. */
    int openSessions() {
        return ways.stream().mapToInt(way -> way.proxy().openSessions()).sum();
    }

    /**
     * Stops listening, seals the reel, and relays on unseen until all sessions are closed or a signal comes: a stream of bytes
     * cannot be handed back, and some clients kill the machine whose monitor goes away.
     */
    void drain(Ending ending) throws InterruptedException {
        serviceManager.stopping();
        each(Proxy::drain);
        recorder.close();
        if (openSessions() > 0) {
            System.err.println("recording ended; open sessions, relayed on until they close: " + openSessions()
                    + " (one more signal ends them)");
        }
        boolean isToEnd = false;
        while (openSessions() > 0 && !isToEnd) {
            isToEnd = ending.await(LOOK);
        }
    }

    /** Seals the reel, and relays on unseen, whoever comes, until a signal comes. */
    void relay(Ending ending) throws InterruptedException {
        each(Proxy::relayUnseen);
        recorder.close();
        System.err.println("recording ended; all is relayed on, new clients too (one more signal ends it)");
        ending.await();
    }

    /** Lets sessions come to their own end whose monitor has ended: what it said last may still be under way. */
    void settle() {
        each(Proxy::finish);
        ways.forEach(way -> way.proxy().stop(LAST_WORDS));
    }

    /** Lets open sessions finish for the grace of the options, then seals the reel. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            serviceManager.stopping();
            each(Proxy::finish);
            long began = System.nanoTime();
            ways.forEach(way -> way.proxy().stop(left(way.options().grace(), began)));
            recorder.close();
            loops.close();
        }
    }

    private static Duration left(Duration grace, long beganNanos) {
        Duration left = grace.minusNanos(System.nanoTime() - beganNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What fails for one is told, and keeps no other from it. */
    private void each(Consumer<Proxy> change) {
        for (Way way : ways) {
            try {
                change.accept(way.proxy());
            } catch (UncheckedIOException e) {
                System.err.println("qmptape: " + e.getMessage());
            }
        }
    }

    private record Way(ProxyOptions options, Proxy proxy) {}

    private static void tell(Waiting waiting) {
        System.err.println("qmptape: " + waiting.text());
    }
}
