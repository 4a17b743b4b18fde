package io.qmptape.store;

import io.qmptape.protocol.Bytes;

/** Appends to one reel. One thread only. */
public interface ReelWriter extends AutoCloseable {
    /**
     * Appends one record.
     *
     * @throws java.io.UncheckedIOException if it is not on the reel; the reel is finished then
     */
    void append(Bytes record);

    /**
     * Returns when all that was appended would outlive a power cut.
     *
     * @throws java.io.UncheckedIOException if that cannot be had; the reel is finished then
     */
    void sync();

    @Override
    void close();
}
