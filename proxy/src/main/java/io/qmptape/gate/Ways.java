package io.qmptape.gate;

import io.qmptape.protocol.Bytes;
import io.qmptape.transport.Descriptors;

/** Where a gate sends what may go on, and tells what may not. */
public interface Ways {
    /** Takes the descriptors over. */
    void toServer(Bytes bytes, Descriptors descriptors);

    /**
     * Takes the descriptors over.
     *
     * @param atNanos when the bytes were read, or made
     */
    void toClient(Bytes bytes, Descriptors descriptors, long atNanos);

    /**
     * The message is denied that ends there. Told before its last byte is seen by anybody else.
     *
     * @param end how many bytes the client has sent up to there
     */
    void denied(long end, String rule);
}
