package io.qmptape.traffic;

/**
 * Whoever listens to the relay. Called on event loops: it must not block, throw, or wait for a disk. For one session all
 * calls come from one thread, in order.
 */
public interface TrafficPort {
    void seen(Traffic traffic);

    /** Whether anything may pass: false where nothing may that could not be kept. Asked on event loops, for each read. */
    default boolean takes() {
        return true;
    }

    /** Hears and forgets. */
    static TrafficPort deaf() {
        return traffic -> {};
    }
}
