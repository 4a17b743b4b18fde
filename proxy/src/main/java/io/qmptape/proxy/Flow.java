package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.qmptape.transport.Descriptors;
import io.qmptape.transport.Farewell;
import io.qmptape.transport.Parcel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One direction of a link.
 *
 * <pre>
 *   OPEN --source ends--> ENDING --all written, output shut--> OVER
 *    |                      |                                   ^
 *    +------ the sink takes no more: what comes is dropped -----+
 * </pre>
 *
 * Back-pressure: the source is read only while the sink's queue is below its high mark, so what waits here is bounded by
 * that mark and one read.
 */
final class Flow {
    private enum State {
        OPEN,
        ENDING,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    private final Channel source;
    private final Channel sink;
    private State state = State.OPEN;
    private boolean hasSourceEnded;
    private boolean isHeld;
    private boolean isLossTold;

    Flow(Channel source, Channel sink) {
        this.source = source;
        this.sink = sink;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    Channel source() {
        return source;
    }

    /**
     * Writes at once; the caller keeps its own hold on the buffer. Descriptors are moved on, or left to the caller where the
     * sink cannot carry them.
     */
    void pass(ByteBuf bytes, Descriptors descriptors) {
        ByteBuf passed = bytes.retainedDuplicate();
        boolean isParcel = !descriptors.isEmpty() && canCarry();
        sink.writeAndFlush(isParcel ? new Parcel(passed, descriptors) : passed, sink.voidPromise());
        regulate();
    }

    private boolean canCarry() {
        boolean can = Descriptors.canGoTo(sink);
        if (!can && !isLossTold) {
            isLossTold = true;
            LOG.warn("file descriptors came for a side that cannot be given any: their bytes go on without them");
        }
        return can;
    }

    /** Whether the sink's kernel has all that was passed. */
    boolean isWritten() {
        return pendingBytes(sink) == 0;
    }

    /** Runs it when the sink's kernel has all that was passed up to now; never if that fails. */
    void whenWritten(Runnable then) {
        sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) {
                then.run();
            }
        });
    }

    /**
     * Reads from the source as the sink's queue allows. A broken flow is read on, so that the source is not blocked; one
     * that has ended is not, for its end would be read again and again.
     */
    void regulate() {
        source.config().setAutoRead(!hasSourceEnded && (state == State.OVER || !isHeld && sink.isWritable()));
    }

    /** Reads no more from the source while it is held. */
    void hold(boolean held) {
        if (isHeld != held) {
            isHeld = held;
            regulate();
        }
    }

    /** The source sends no more: passes that on after all that is still to be written, then runs {@code over}. */
    void finish(Runnable over) {
        hasSourceEnded = true;
        regulate();
        if (state != State.OPEN) {
            return;
        }
        state = State.ENDING;
        sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                Farewell.to(sink).addListener(shut -> end(over));
            } else {
                end(over);
            }
        });
    }

    /** The sink takes no more. */
    void breakOff() {
        state = State.OVER;
        regulate();
    }

    private void end(Runnable over) {
        state = State.OVER;
        over.run();
    }

    /** Bytes queued in front of {@code sink}, with the weight of descriptors. */
    static long pendingBytes(Channel sink) {
        ChannelOutboundBuffer queue = sink.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }
}
