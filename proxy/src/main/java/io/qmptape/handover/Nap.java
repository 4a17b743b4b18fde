package io.qmptape.handover;

import java.util.concurrent.locks.LockSupport;

/**
 * The pause of a thread that polls, growing while nothing comes. To be woken up costs whoever wakes more than a message does;
 * and each time this thread wakes, it may take a core from an event loop, so it does that less often than one message in a
 * hundred comes. One thread.
 */
public final class Nap {
    private static final long MIN_NANOS = 10_000_000;
    private static final long MAX_NANOS = 20_000_000;
    /** A pause is this part of how long nothing came. */
    private static final int PART = 8;

    private long idleSince = System.nanoTime();

    /** Something came. */
    public void over() {
        idleSince = System.nanoTime();
    }

    /** Nothing came. */
    public void take() {
        long idle = System.nanoTime() - idleSince;
        LockSupport.parkNanos(Math.max(MIN_NANOS, Math.min(MAX_NANOS, idle / PART)));
    }
}
