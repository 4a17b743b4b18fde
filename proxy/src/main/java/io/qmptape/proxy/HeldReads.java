package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.qmptape.protocol.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * What came from one side before it could be passed on, read by read: up to {@value #MAX_BYTES} bytes or {@value
 * #MAX_READS} reads, and one read more.
 */
final class HeldReads {
    static final int MAX_BYTES = 64 << 10;
    static final int MAX_READS = 1024;

    private record Held(byte[] bytes, long atNanos) {}

    private final Direction from;
    private final List<Held> reads = new ArrayList<>();
    private int bytes;

    HeldReads(Direction from) {
        this.from = from;
    }

    /** Copies them: a small read would keep a large buffer of the pool. */
    void add(ByteBuf read, long atNanos) {
        bytes += read.readableBytes();
        reads.add(new Held(ByteBufUtil.getBytes(read), atNanos));
    }

    boolean isEmpty() {
        return reads.isEmpty();
    }

    boolean isFull() {
        return bytes >= MAX_BYTES || reads.size() >= MAX_READS;
    }

    void passTo(Phase next) {
        reads.forEach(read -> next.read(from, Unpooled.wrappedBuffer(read.bytes()), read.atNanos()));
        reads.clear();
    }
}
