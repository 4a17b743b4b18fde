package io.qmptape.testkit;

import io.qmptape.proxy.Proxy;
import io.qmptape.proxy.ProxyOptions;
import io.qmptape.proxy.Surroundings;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.TrafficPort;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;

/** A proxy that nobody listens to, as a program: what the relay alone costs. Arguments: where to listen, the upstream. */
public final class DeafRelay {
    private DeafRelay() {}

    public static void main(String[] arguments) throws InterruptedException {
        ProxyOptions options = ProxyOptions.of(Endpoint.parse(arguments[0]), Endpoint.parse(arguments[1]));
        try (EventLoops loops = EventLoops.best();
                Proxy proxy = new Proxy(options, Surroundings.of(loops, new SystemClock(), TrafficPort.deaf()))) {
            proxy.start();
            Thread.currentThread().join();
        }
    }
}
