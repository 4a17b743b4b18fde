package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

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

    private final Channel source;
    private final Channel sink;
    private State state = State.OPEN;
    private boolean hasSourceEnded;

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

    /** Writes at once; the caller keeps its own hold on the buffer. */
    void pass(ByteBuf bytes) {
        sink.writeAndFlush(bytes.retainedDuplicate(), sink.voidPromise());
        regulate();
    }

    /**
     * Reads from the source as the sink's queue allows. A broken flow is read on, so that the source is not blocked; one
     * that has ended is not, for its end would be read again and again.
     */
    void regulate() {
        source.config().setAutoRead(!hasSourceEnded && (state == State.OVER || sink.isWritable()));
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
            if (written.isSuccess() && sink instanceof DuplexChannel duplex) {
                duplex.shutdownOutput().addListener(shut -> end(over));
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

    /** Bytes queued in front of {@code sink}. */
    static long pendingBytes(Channel sink) {
        ChannelOutboundBuffer queue = sink.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }
}
