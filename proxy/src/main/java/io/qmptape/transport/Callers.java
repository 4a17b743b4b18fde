package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Monitors that connect to us, instead of listening: each is kept as it came, unread, until a session takes it onto its own
 * loop. Owns those that nobody has taken. Safe for all threads.
 */
public final class Callers implements AutoCloseable {
    private static final int MOST = 16;

    private final BlockingQueue<Channel> waiting = new ArrayBlockingQueue<>(MOST);
    private final Sockets sockets;
    private final Runnable whenOneCame;
    private volatile boolean isClosed;

    Callers(Sockets sockets, Runnable whenOneCame) {
        this.sockets = sockets;
        this.whenOneCame = whenOneCame;
    }

    /** Whether one waits that has not hung up. */
    public boolean areThere() {
        waiting.stream().filter(Presence::isGone).filter(waiting::remove).forEach(Callers::discard);
        return !waiting.isEmpty();
    }

    /** The one that has waited longest. It does not read until it is told to. Fails at once if there is none. */
    public Future<Channel> take(EventLoop loop, ChannelHandler handler) {
        Channel first = areThere() ? waiting.poll() : null;
        if (first == null) {
            return loop.newFailedFuture(new ConnectException("none has connected"));
        }
        first.config().setAutoRead(false);
        first.pipeline().addLast(handler);
        Promise<Channel> taken = loop.newPromise();
        loop.register(first).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                taken.setSuccess(first);
            } else {
                discard(first);
                taken.setFailure(done.cause());
            }
        });
        return taken;
    }

    /** Stands in front of what would give an accepted connection a loop. */
    ChannelHandler door(Endpoint place) {
        return new Door(place);
    }

    private void admit(Channel accepted, Endpoint place) {
        ChannelOptions.applyTo(accepted, sockets, place);
        areThere();
        if (isClosed || !waiting.offer(accepted)) {
            discard(accepted);
        } else {
            whenOneCame.run();
        }
    }

    private static void discard(Channel unregistered) {
        unregistered.unsafe().closeForcibly();
    }

    @Override
    public void close() {
        isClosed = true;
        for (Channel left = waiting.poll(); left != null; left = waiting.poll()) {
            discard(left);
        }
    }

    private final class Door extends ChannelInboundHandlerAdapter {
        private final Endpoint place;

        Door(Endpoint place) {
            this.place = place;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            admit((Channel) message, place);
        }
    }
}
