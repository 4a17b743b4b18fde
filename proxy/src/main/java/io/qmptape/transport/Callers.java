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
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Monitors that connect to us, instead of listening: each is kept as it came, unread, until a session takes it onto its own
 * loop. Owns those that nobody has taken. Safe for all threads.
 */
public final class Callers implements AutoCloseable {
    private static final int MOST = 16;

    private record Caller(Channel channel, Optional<Tls> tls) {}

    private final BlockingQueue<Caller> waiting = new ArrayBlockingQueue<>(MOST);
    private final Sockets sockets;
    private final Runnable whenOneCame;
    private volatile boolean isClosed;

    Callers(Sockets sockets, Runnable whenOneCame) {
        this.sockets = sockets;
        this.whenOneCame = whenOneCame;
    }

    /** Whether one waits that has not hung up. */
    public boolean areThere() {
        waiting.stream()
                .filter(one -> Presence.isGone(one.channel()))
                .filter(waiting::remove)
                .forEach(one -> discard(one.channel()));
        return !waiting.isEmpty();
    }

    /**
     * The one that has waited longest. It does not read until it is told to. Over TLS it is there when the handshake is done, and
     * what came along with that may be read. Fails at once if there is none.
     */
    public Future<Channel> take(EventLoop loop, ChannelHandler handler) {
        Caller first = areThere() ? waiting.poll() : null;
        if (first == null) {
            return loop.newFailedFuture(new ConnectException("none has connected"));
        }
        Channel channel = first.channel();
        Promise<Channel> taken = loop.newPromise();
        channel.config().setAutoRead(false);
        channel.pipeline()
                .addLast(first.tls().map(tls -> tls.under(handler, taken)).orElse(handler));
        loop.register(channel).addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                discard(channel);
                taken.tryFailure(done.cause());
            } else if (first.tls().isEmpty()) {
                taken.setSuccess(channel);
            }
        });
        return taken;
    }

    /** Stands in front of what would give an accepted connection a loop. */
    ChannelHandler door(Endpoint place, Optional<Tls> tls) {
        return new Door(place, tls);
    }

    private void admit(Channel accepted, Door door) {
        ChannelOptions.applyTo(accepted, sockets, door.place);
        areThere();
        if (isClosed || !waiting.offer(new Caller(accepted, door.tls))) {
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
        for (Caller left = waiting.poll(); left != null; left = waiting.poll()) {
            discard(left.channel());
        }
    }

    private final class Door extends ChannelInboundHandlerAdapter {
        private final Endpoint place;
        private final Optional<Tls> tls;

        Door(Endpoint place, Optional<Tls> tls) {
            this.place = place;
            this.tls = tls;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            admit((Channel) message, this);
        }
    }
}
