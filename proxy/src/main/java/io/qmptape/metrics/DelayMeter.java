package io.qmptape.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How long what came was in the relay, as a histogram of fixed steps. Safe for all threads; allocates nothing. */
public final class DelayMeter {
    private static final long[] UP_TO_MICROS = {
        10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000
    };

    private final LongAdder[] steps = new LongAdder[UP_TO_MICROS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    public DelayMeter() {
        for (int step = 0; step < steps.length; step++) {
            steps[step] = new LongAdder();
        }
    }

    public void added(long nanos) {
        int step = 0;
        while (step < UP_TO_MICROS.length && nanos > UP_TO_MICROS[step] * 1000) {
            step++;
        }
        steps[step].increment();
        sumNanos.add(nanos);
    }

    void writeTo(MetricsText text) {
        String name = "qmptape_added_latency_seconds";
        text.begin(name, "histogram", "From a read on one side until the other side's kernel had all of it.");
        long count = 0;
        for (int step = 0; step < steps.length; step++) {
            count += steps[step].sum();
            boolean isLast = step == UP_TO_MICROS.length;
            text.sample(name + "_bucket", "le", isLast ? "+Inf" : MetricsText.number(UP_TO_MICROS[step] / 1e6), count);
        }
        text.sample(name + "_sum", sumNanos.sum() / 1e9);
        text.sample(name + "_count", count);
    }
}
