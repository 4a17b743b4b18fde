package io.qmptape.traffic;

/** The one source of time. Safe for all threads. */
public interface Clock {
    /** Monotonic nanoseconds since a point that all processes of one boot share. */
    long nanos();

    /** The time of day, milliseconds since 1970. */
    default long wallMillis() {
        return pair().wall().toEpochMilli();
    }

    /** Both clocks, read as close to each other as can be. */
    ClockPair pair();
}
