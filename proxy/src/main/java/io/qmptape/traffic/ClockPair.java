package io.qmptape.traffic;

import java.time.Duration;
import java.time.Instant;

/**
 * One reading of both clocks.
 *
 * @param nanos monotonic nanoseconds
 * @param wall the time of day at that moment
 * @param boot identity of the boot that {@code nanos} counts in; empty where the system has none
 */
public record ClockPair(long nanos, Instant wall, String boot) {
    /** The time of day at another monotonic moment, as far as the wall clock was not stepped in between. */
    public Instant wallAt(long otherNanos) {
        return wall.plus(Duration.ofNanos(otherNanos - nanos));
    }
}
