package io.qmptape.traffic;

/** The one source of time. Safe for all threads. */
public interface Clock {
    /** Monotonic nanoseconds since a point that all processes of one boot share. */
    long nanos();

    /** Both clocks, read as close to each other as can be. */
    ClockPair pair();
}
