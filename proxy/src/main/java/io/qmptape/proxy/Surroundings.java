package io.qmptape.proxy;

import io.qmptape.traffic.Clock;
import io.qmptape.traffic.TrafficPort;
import io.qmptape.transport.EventLoops;
import java.util.function.Consumer;

/**
 * What a proxy works with and does not own.
 *
 * @param port hears all traffic, on event loops
 * @param delays hears how long what came was here, on event loops
 * @param waiting hears of clients that wait, on event loops; must not block or throw
 */
public record Surroundings(EventLoops loops, Clock clock, TrafficPort port, Delays delays, Consumer<Waiting> waiting) {
    /** Nobody measures. */
    public Surroundings(EventLoops loops, Clock clock, TrafficPort port, Consumer<Waiting> waiting) {
        this(loops, clock, port, Delays.UNMEASURED, waiting);
    }

    public static Surroundings of(EventLoops loops, Clock clock, TrafficPort port) {
        return new Surroundings(loops, clock, port, waiting -> {});
    }
}
