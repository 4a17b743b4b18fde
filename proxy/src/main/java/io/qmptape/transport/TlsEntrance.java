package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Behind Netty's TLS in a pipeline: lets the reader in when the handshake is done, and tells it of TLS's ends as a plain
 * socket tells of its own.
 *
 * <pre>
 *   shaking hands --done--> open --close_notify--> input ended
 *        |                   |
 *        +--failed-----------+--the socket ends without it--> closed
 * </pre>
 */
final class TlsEntrance extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TlsEntrance.class);

    private final TlsEndpoint endpoint;
    private final SSLEngine engine;
    private final ChannelHandler reader;
    private final Promise<Channel> ready;
    private boolean isOpen;
    private boolean hasHeard;
    private boolean hasInputEnded;

    TlsEntrance(TlsEndpoint endpoint, SSLEngine engine, ChannelHandler reader, Promise<Channel> ready) {
        this.endpoint = endpoint;
        this.engine = engine;
        this.reader = reader;
        this.ready = ready;
    }

    /** Whose certificate the other side showed, if that was looked at. */
    Optional<String> subject() {
        try {
            boolean isKnown = isOpen && endpoint.verifiesPeer();
            return isKnown ? Optional.of(engine.getSession().getPeerPrincipal().getName()) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** To the reader, it is active when the handshake is done; and that has to be read, whether the reader reads yet or not. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.pipeline().context(SslHandler.class).read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open(context);
            } else {
                ready.tryFailure(TlsFault.of(handshake.cause()));
            }
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess() && isOpen && !hasInputEnded) {
                endInput(context);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            hangUp(context);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void open(ChannelHandlerContext context) {
        isOpen = true;
        context.pipeline().addLast(reader);
        if (ready.trySuccess(context.channel())) {
            context.fireChannelActive();
        } else {
            context.close();
        }
    }

    private void endInput(ChannelHandlerContext context) {
        hasInputEnded = true;
        if (engine.isOutboundDone()) {
            // TLS 1.2 knows no end of one direction alone
            context.close();
        } else {
            context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** Who only sends no more says so before: QEMU ends so, without a word. */
    private void hangUp(ChannelHandlerContext context) {
        if (hasInputEnded) {
            return;
        }
        if (isOpen && !hasHeard && engine.getUseClientMode()) {
            tellOfSilence();
        }
        context.close();
    }

    /** QEMU looks at certificates after the handshake, and does not say that it dislikes one. */
    private void tellOfSilence() {
        LOG.warn(
                "{} hung up right after the TLS handshake: does it accept the certificate in {}, and is there one?",
                endpoint.address(),
                endpoint.credentials());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        hasHeard = true;
        context.fireChannelRead(message);
    }

    /** What goes wrong before TLS was agreed upon is told by the handshake's end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (!isOpen) {
            return;
        }
        boolean isOfTls = thrown.getCause() instanceof SSLException || thrown instanceof SSLException;
        if (isOfTls) {
            TlsFault fault = TlsFault.of(thrown);
            LOG.warn("the connection at {} ends: {}", endpoint.address(), fault.getMessage());
            context.fireExceptionCaught(fault);
        } else {
            context.fireExceptionCaught(thrown);
        }
    }

    /**
     * The last byte goes in a TLS record of its own. QEMU 7.2 reads its monitor byte by byte and, of a record, looks at those
     * behind the first only while its socket has more to read: a command would be answered when the next one comes.
     */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.readableBytes() > 1) {
            context.write(bytes.readRetainedSlice(bytes.readableBytes() - 1));
        }
        context.write(bytes, promise);
    }

    /** Behind bytes that the other side does not take, no last word of TLS would arrive either. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
        if (queue != null && queue.totalPendingWriteBytes() > 0) {
            context.channel().unsafe().close(promise);
        } else {
            context.close(promise);
        }
    }
}
