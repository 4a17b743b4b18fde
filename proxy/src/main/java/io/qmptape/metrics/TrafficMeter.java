package io.qmptape.metrics;

import io.qmptape.protocol.Direction;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what passes on its way to another port. Safe for all threads; allocates nothing for what it counts. */
public final class TrafficMeter implements TrafficPort {
    private static final long NOTHING = Long.MIN_VALUE;

    private final TrafficPort next;
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder[] bytes = eachWay();
    private final LongAdder[] descriptors = eachWay();
    private final AtomicLong lastNanos = new AtomicLong(NOTHING);
    /** When the first came of those that nobody knows to be taken. */
    private final AtomicLong untakenNanos = new AtomicLong(NOTHING);

    public TrafficMeter(TrafficPort next) {
        this.next = next;
    }

    @Override
    public void seen(Traffic traffic) {
        if (traffic instanceof Traffic.Read read) {
            int way = read.direction().ordinal();
            bytes[way].add(read.bytes().length());
            descriptors[way].add(read.descriptors().size());
        } else if (traffic instanceof Traffic.Opened) {
            opened.increment();
        } else if (traffic instanceof Traffic.Closed) {
            closed.increment();
        }
        note(traffic.atNanos());
        next.seen(traffic);
    }

    @Override
    public boolean takes() {
        return next.takes();
    }

    @Override
    public void follow(SessionId session, LongConsumer recorded) {
        next.follow(session, recorded);
    }

    @Override
    public void whenCrowded(Consumer<SessionId> end) {
        next.whenCrowded(end);
    }

    /**
     * How long the oldest of what passed has been waiting to be taken.
     *
     * @param takenNanos when what was taken last had passed
     */
    long lagNanos(long takenNanos, long now) {
        long since = untakenNanos.get();
        long last = lastNanos.get();
        if (takenNanos >= last) {
            untakenNanos.compareAndSet(since, NOTHING);
            return 0;
        }
        // what came while the line above forgot: it is the last
        untakenNanos.compareAndSet(NOTHING, last);
        return Math.max(0, now - Math.max(takenNanos, untakenNanos.get()));
    }

    void writeTo(MetricsText text) {
        long ended = closed.sum();
        long begun = opened.sum();
        text.gauge("qmptape_sessions_open", "Clients that are connected to a monitor.", Math.max(0, begun - ended));
        text.counter("qmptape_sessions_total", "Clients that came.", begun);
        text.counters("qmptape_bytes_total", "Bytes that passed.", "direction", sums(bytes));
        text.counters("qmptape_descriptors_total", "File descriptors that passed.", "direction", sums(descriptors));
    }

    private void note(long nanos) {
        lastNanos.lazySet(nanos);
        if (untakenNanos.get() == NOTHING) {
            untakenNanos.compareAndSet(NOTHING, nanos);
        }
    }

    private static LongAdder[] eachWay() {
        return Stream.generate(LongAdder::new).limit(Direction.values().length).toArray(LongAdder[]::new);
    }

    private static Map<String, Long> sums(LongAdder[] counters) {
        return Arrays.stream(Direction.values())
                .collect(Collectors.toMap(Direction::word, way -> counters[way.ordinal()].sum()));
    }
}
