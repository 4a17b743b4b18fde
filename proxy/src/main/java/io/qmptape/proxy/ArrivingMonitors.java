package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.qmptape.transport.Callers;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.Listener;
import java.net.ConnectException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Monitors with {@code server=off}: they connect to us, and wait for a session. Owns where they come to, and who waits there. */
final class ArrivingMonitors implements Monitors {
    private final ProxyOptions options;
    private final EventLoops loops;
    private volatile @Nullable Callers callers;
    private @Nullable Listener listener;

    ArrivingMonitors(ProxyOptions options, EventLoops loops) {
        this.options = options;
        this.loops = loops;
    }

    @Override
    public synchronized void start(Runnable whenOneCame) {
        Callers expected = loops.callers(whenOneCame);
        listener = loops.listenFor(expected, options.upstream(), Optional.of(options.listen()));
        callers = expected;
    }

    @Override
    public boolean mayBeThere() {
        Callers known = callers;
        return known != null && known.areThere();
    }

    @Override
    public Future<Channel> connect(EventLoop loop, ChannelHandler handler) {
        Callers known = callers;
        return known == null ? loop.newFailedFuture(new ConnectException("not started")) : known.take(loop, handler);
    }

    @Override
    public synchronized void close() {
        Listener bound = listener;
        Callers known = callers;
        if (bound != null) {
            bound.close();
        }
        if (known != null) {
            known.close();
        }
    }
}
