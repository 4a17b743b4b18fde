package io.qmptape.store;

import java.util.function.Consumer;

/** Whatever can tell one session from its first record to its last: a tape, a transcript. */
@FunctionalInterface
public interface SessionSource {
    /**
     * Hands the records over in their order, on the caller's thread.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    void read(Consumer<SessionRecord> sink);
}
