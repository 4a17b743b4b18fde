package io.qmptape.samples.cost;

import io.qmptape.proxy.Proxy;
import io.qmptape.proxy.ProxyOptions;
import io.qmptape.proxy.Surroundings;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;

/** qmptape's relay, and nobody who listens: what is left of its cost without a recorder. */
final class RelayAlone {
    private RelayAlone() {}

    /** @param arguments the endpoint to listen at, and that of the upstream */
    public static void main(String[] arguments) throws InterruptedException {
        ProxyOptions options = ProxyOptions.of(Endpoint.parse(arguments[0]), Endpoint.parse(arguments[1]));
        try (EventLoops loops = EventLoops.best();
                Proxy proxy = new Proxy(options, Surroundings.of(loops, new SystemClock(), seen -> {}))) {
            proxy.start();
            Thread.currentThread().join();
        }
    }
}
