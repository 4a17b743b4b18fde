package io.qmptape.handover;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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

    /**
     * Makes rounds with naps between them, until one has had nothing to do that was begun after the end.
     *
     * @param hasEnded whether nothing more will come
     * @param round whether it had something to do
     */
    public static void between(BooleanSupplier hasEnded, BooleanSupplier round) {
        Nap nap = new Nap();
        while (true) {
            boolean isLastRound = hasEnded.getAsBoolean();
            if (round.getAsBoolean()) {
                nap.over();
            } else if (isLastRound) {
                return;
            } else {
                nap.take();
            }
        }
    }

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
