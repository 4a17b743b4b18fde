package io.qmptape.testkit;

import io.qmptape.traffic.Clock;
import io.qmptape.traffic.ClockPair;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is told to go on. Both clocks go on together; {@link #step} moves the wall clock alone. */
public final class ManualClock implements Clock {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    public static final String BOOT = "00000000-0000-4000-8000-000000000001";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong stepped = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public ClockPair pair() {
        long now = nanos();
        return new ClockPair(now, START.plusNanos(now + stepped.get()), BOOT);
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** As when someone sets the time of day. */
    public void step(Duration by) {
        stepped.addAndGet(by.toNanos());
    }
}
