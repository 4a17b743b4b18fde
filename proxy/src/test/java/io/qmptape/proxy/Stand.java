package io.qmptape.proxy;

import io.qmptape.testkit.CollectingPort;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A started proxy with all around it. */
final class Stand implements AutoCloseable {
    final CollectingPort port = new CollectingPort();
    final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    final Proxy proxy;
    final String endpoint;
    private final EventLoops loops;

    private Stand(EventLoops loops, ProxyOptions options) {
        this.loops = loops;
        this.proxy = new Proxy(options, new Surroundings(loops, new SystemClock(), port, this::tell));
        this.endpoint = proxy.start().toString();
    }

    static Stand between(Path directory, String upstream) {
        return between("unix:" + directory.resolve("proxy.sock"), upstream, options -> options);
    }

    static Stand between(String listen, String upstream, UnaryOperator<ProxyOptions> change) {
        return between(EventLoops.best(), listen, upstream, change);
    }

    static Stand between(EventLoops loops, String listen, String upstream, UnaryOperator<ProxyOptions> change) {
        ProxyOptions options = ProxyOptions.of(Endpoint.parse(listen), Endpoint.parse(upstream));
        return new Stand(loops, change.apply(options.withGrace(Duration.ZERO)));
    }

    private void tell(Waiting told) {
        waiting.add(told);
        port.wakeUp();
    }

    Wire connect() {
        return Wire.to(endpoint);
    }

    Waiting awaitWaiting() {
        try {
            Waiting told = waiting.poll(20, TimeUnit.SECONDS);
            if (told == null) {
                throw new AssertionError("no client was said to wait");
            }
            return told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until so many clients were told, all in all. */
    void awaitWaiting(int clients) {
        port.await(clients + " waiting", heard -> waiting.size() >= clients);
    }

    @Override
    public void close() {
        proxy.close();
        loops.close();
    }
}
