package io.qmptape.proxy;

/** The time between two tries, twice as long each time up to a limit. */
final class Pause {
    private static final long FIRST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 200;

    private long millis = FIRST_MILLIS;

    long nextMillis() {
        long next = millis;
        millis = Math.min(LONGEST_MILLIS, 2 * millis);
        return next;
    }
}
