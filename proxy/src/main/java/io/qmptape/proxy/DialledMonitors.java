package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.qmptape.transport.EventLoops;

/** The usual: the monitor listens, and each session dials. */
record DialledMonitors(ProxyOptions options, EventLoops loops) implements Monitors {
    @Override
    public void start(Runnable whenOneCame) {
        loops.check(options.upstream());
    }

    @Override
    public boolean mayBeThere() {
        return true;
    }

    @Override
    public Future<Channel> connect(EventLoop loop, ChannelHandler handler) {
        return loops.dial(options.upstream(), loop, options.patience(), handler);
    }

    @Override
    public void close() {}
}
