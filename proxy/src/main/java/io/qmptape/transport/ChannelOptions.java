package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** How both ends of a relay are set: small writes go at once, half-close is kept, and what waits to be written is bounded. */
final class ChannelOptions {
    /** A sender is paused above the high mark and goes on below the low one. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private ChannelOptions() {}

    static Bootstrap applyTo(Bootstrap bootstrap, Endpoint endpoint) {
        bootstrap
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                // a failed write must not throw away what can still be read
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        return endpoint instanceof TcpEndpoint ? bootstrap.option(ChannelOption.TCP_NODELAY, true) : bootstrap;
    }

    static ServerBootstrap applyTo(ServerBootstrap bootstrap, Endpoint endpoint) {
        bootstrap
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        return endpoint instanceof TcpEndpoint
                ? bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                : bootstrap;
    }
}
