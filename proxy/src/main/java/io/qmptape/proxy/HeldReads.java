package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.qmptape.protocol.Direction;
import io.qmptape.transport.Descriptors;
import java.util.ArrayList;
import java.util.List;

/**
 * What came from one side before it could be passed on, read by read: up to {@value #MAX_BYTES} bytes, with the
 * weight of descriptors, or {@value #MAX_READS} reads, and one read more. Owns the descriptors.
 */
final class HeldReads {
    static final int MAX_BYTES = 64 << 10;
    static final int MAX_READS = 1024;

    private record Held(byte[] bytes, Descriptors descriptors, long atNanos) {}

    private final Direction from;
    private final List<Held> reads = new ArrayList<>();
    private int weight;

    HeldReads(Direction from) {
        this.from = from;
    }

    /** Copies the bytes: a small read would keep a large buffer of the pool. Descriptors are moved here. */
    void add(ByteBuf read, Descriptors descriptors, long atNanos) {
        weight += read.readableBytes() + descriptors.weight();
        reads.add(new Held(ByteBufUtil.getBytes(read), descriptors.moved(), atNanos));
    }

    boolean isEmpty() {
        return reads.isEmpty();
    }

    boolean isFull() {
        return weight >= MAX_BYTES || reads.size() >= MAX_READS;
    }

    void passTo(Phase next) {
        try {
            reads.forEach(
                    read -> next.read(from, Unpooled.wrappedBuffer(read.bytes()), read.descriptors(), read.atNanos()));
        } finally {
            discard();
        }
    }

    /** Closes what was not moved on. */
    void discard() {
        reads.forEach(read -> read.descriptors().close());
        reads.clear();
    }
}
