package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

/** Where sessions get their connections to the monitor from. Safe for all threads. */
sealed interface Monitors extends AutoCloseable permits DialledMonitors, ArrivingMonitors {
    static Monitors of(ProxyOptions options, Surroundings around) {
        return options.monitorConnects()
                ? new ArrivingMonitors(options, around.loops())
                : new DialledMonitors(options, around.loops());
    }

    /**
     * @param whenOneCame hears, on an event loop, that {@link #mayBeThere} is so again
     * @throws java.io.UncheckedIOException if they cannot be waited for, in one line
     */
    void start(Runnable whenOneCame);

    /** Whether it is worth while to ask for a connection. */
    boolean mayBeThere();

    /** One on that loop, which does not read until it is told to. */
    Future<Channel> connect(EventLoop loop, ChannelHandler handler);

    /** Those that sessions have go on. Idempotent; not on an event loop. */
    @Override
    void close();
}
