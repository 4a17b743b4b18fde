package io.qmptape.replay.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.qmptape.protocol.Bytes;
import io.qmptape.replay.Action;
import io.qmptape.replay.ReplaySession;
import io.qmptape.replay.Script;
import io.qmptape.transport.SocketFault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one client's socket events into calls of its replay session, and the session's actions into writes. The last
 * handler of its pipeline: buffers end here. The result is told once the channel is closed, so all was written by then.
 */
final class PlayHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PlayHandler.class);

    private final Channel channel;
    private final Script script;
    private final ReplaySession session;
    private final CompletableFuture<PlayResult> result;
    private Optional<PlayResult> outcome = Optional.empty();

    PlayHandler(Channel channel, Script script, ReplaySession session, CompletableFuture<PlayResult> result) {
        this.channel = channel;
        this.script = script;
        this.session = session;
        this.result = result;
    }

    /** Ends the play from this side and waits until the channel is closed. Not on an event loop. */
    void stop() {
        channel.eventLoop().execute(() -> {
            result.complete(outcome.orElseGet(this::stopped));
            channel.close();
        });
        channel.closeFuture().awaitUninterruptibly();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        act(context, session.connected());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            byte[] read = new byte[buffer.readableBytes()];
            buffer.readBytes(read);
            act(context, session.received(Bytes.lend(read)));
        } finally {
            buffer.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            act(context, session.clientClosed());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        act(context, session.clientClosed());
        result.complete(outcome.orElseGet(this::stopped));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (SocketFault.of(cause) == SocketFault.FOREIGN) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("session", script.session())
                    .log("a replay failed from within");
            result.completeExceptionally(cause);
            context.close();
        } else {
            act(context, session.clientClosed());
        }
    }

    private void act(ChannelHandlerContext context, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Send send) {
                context.write(Unpooled.wrappedBuffer(send.bytes().asReadOnlyBuffer()));
            } else if (action instanceof Action.Finished) {
                outcome = Optional.of(played());
            } else if (action instanceof Action.Diverged diverged) {
                outcome = Optional.of(new PlayResult.Parted(diverged.divergence()));
            } else {
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
        context.flush();
    }

    private PlayResult stopped() {
        return session.isPlayed() ? played() : new PlayResult.Stopped();
    }

    private PlayResult played() {
        return new PlayResult.Played(script.clientSteps(), script.serverSteps());
    }
}
