package io.qmptape.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;

/** What is alike in all channels of ours that end each direction on its own. */
interface HalfClosable extends DuplexChannel {
    @Override
    default ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    default ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    default boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    default ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    default ChannelFuture shutdown(ChannelPromise done) {
        shutdownInput();
        return shutdownOutput(done);
    }
}
