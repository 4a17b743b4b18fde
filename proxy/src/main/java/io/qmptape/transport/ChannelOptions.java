package io.qmptape.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.HashMap;
import java.util.Map;

/** How both ends of a relay are set: small writes go at once, half-close is kept, and what waits to be written is bounded. */
final class ChannelOptions {
    /** A sender is paused above the high mark and goes on below the low one. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private ChannelOptions() {}

    static Bootstrap applyTo(Bootstrap bootstrap, Sockets sockets, Endpoint endpoint) {
        of(sockets, endpoint).forEach((option, value) -> bootstrap.option(option, value));
        return bootstrap;
    }

    static ServerBootstrap applyTo(ServerBootstrap bootstrap, Sockets sockets, Endpoint endpoint) {
        of(sockets, endpoint).forEach((option, value) -> bootstrap.childOption(option, value));
        return endpoint instanceof TcpEndpoint ? bootstrap.option(ChannelOption.SO_REUSEADDR, true) : bootstrap;
    }

    static void applyTo(Channel channel, Sockets sockets, Endpoint endpoint) {
        of(sockets, endpoint).forEach((option, value) -> channel.config().setOption(option, value));
    }

    private static Map<ChannelOption<Object>, Object> of(Sockets sockets, Endpoint endpoint) {
        Map<ChannelOption<Object>, Object> options = new HashMap<>();
        // a failed write must not throw away what can still be read
        put(options, ChannelOption.AUTO_CLOSE, false);
        put(options, ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (sockets.mustBeToldToKeepHalfClose(endpoint)) {
            put(options, ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        if (endpoint instanceof TcpEndpoint) {
            put(options, ChannelOption.TCP_NODELAY, true);
        }
        return options;
    }

    /** The value is of the option's type by this signature, so the cast is none at run time. */
    @SuppressWarnings("unchecked")
    private static <T> void put(Map<ChannelOption<Object>, Object> options, ChannelOption<T> option, T value) {
        options.put((ChannelOption<Object>) option, value);
    }
}
