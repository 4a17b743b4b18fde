package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** How one side is told that the other one sends no more. */
public final class Farewell {
    private Farewell() {}

    /**
     * Ends the output of that channel behind all that was written, and leaves its input open. Over TLS its own last word,
     * {@code close_notify}, goes first. On the channel's loop.
     */
    public static ChannelFuture to(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex)) {
            return channel.newSucceededFuture();
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return duplex.shutdownOutput();
        }
        var shut = channel.newPromise();
        tls.closeOutbound().addListener(said -> duplex.shutdownOutput(shut));
        return shut;
    }
}
