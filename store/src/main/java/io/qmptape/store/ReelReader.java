package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import java.util.Optional;

/** Reads one reel from its first record or from an index. One thread only. A torn record at the end is not there yet. */
public interface ReelReader extends AutoCloseable {
    long START = -1;

    /** Moves behind the record at {@code index}; {@link #START} moves before the first. */
    void moveAfter(long index);

    /** The next record, if there is one by now. */
    Optional<Bytes> next();

    /** The index of the record that {@link #next} gave last. */
    long index();

    /** The record at an index that {@link #index} gave once. */
    Optional<Bytes> at(long index);

    @Override
    void close();
}
