package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.MessageSizeEstimator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/**
 * Bytes whose first one carries file descriptors: what a channel reads or writes in place of a buffer. Owns both; the
 * descriptors are closed when it is sent or released.
 */
public final class Parcel extends AbstractReferenceCounted {
    private final ByteBuf bytes;
    private final Descriptors descriptors;

    /** Takes both over. */
    public Parcel(ByteBuf bytes, Descriptors descriptors) {
        this.bytes = bytes;
        this.descriptors = descriptors.moved();
    }

    public ByteBuf bytes() {
        return bytes;
    }

    public Descriptors descriptors() {
        return descriptors;
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        bytes.touch(hint);
        return this;
    }

    @Override
    protected void deallocate() {
        descriptors.close();
        bytes.release();
    }

    /** Counts descriptors in back-pressure. */
    static MessageSizeEstimator weights(MessageSizeEstimator ofBytes) {
        MessageSizeEstimator.Handle handle = ofBytes.newHandle();
        MessageSizeEstimator.Handle weighing = message -> message instanceof Parcel parcel
                ? handle.size(parcel.bytes()) + parcel.descriptors().weight()
                : handle.size(message);
        return () -> weighing;
    }
}
