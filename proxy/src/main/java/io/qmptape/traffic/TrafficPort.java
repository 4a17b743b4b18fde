package io.qmptape.traffic;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

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

    /**
     * Tells from now on how many of the client's bytes are on the tape, each time that is more; {@link Long#MAX_VALUE} when the
     * session is closed here, and nothing of it is recorded any more. On any thread, which must not be kept waiting.
     *
     * @throws UnsupportedOperationException if it cannot tell
     */
    default void follow(SessionId session, LongConsumer recorded) {
        throw new UnsupportedOperationException("this port does not tell what is on the tape");
    }

    /**
     * Tells from now on which session has to end, for what it leaves unfinished takes the room of all others. On any thread,
     * which must not be kept waiting.
     */
    default void whenCrowded(Consumer<SessionId> end) {}

    /** Hears and forgets. */
    static TrafficPort deaf() {
        return traffic -> {};
    }
}
