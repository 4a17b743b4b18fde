package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.transport.Descriptors;
import io.qmptape.transport.Parcel;
import io.qmptape.transport.SocketFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one side's socket events to its session. The last handler of its pipeline: buffers and descriptors end here. */
final class SideHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SideHandler.class);

    private final Direction from;
    private final Session session;
    private final Clock clock;

    SideHandler(Direction from, Session session, Clock clock) {
        this.from = from;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long atNanos = clock.nanos();
        try {
            if (message instanceof Parcel parcel) {
                session.phase().read(from, parcel.bytes(), parcel.descriptors(), atNanos);
            } else {
                session.phase().read(from, (ByteBuf) message, Descriptors.none(), atNanos);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            session.phase().finished(from);
        } else if (event instanceof ChannelOutputShutdownEvent) {
            session.phase().refused(from.opposite());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.phase().writable(from.opposite());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.phase().gone(from);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (SocketFault.of(cause) == SocketFault.FOREIGN) {
            LOG.atError().setCause(cause).addKeyValue("session", session.id()).log("a session failed from within");
            session.end(CloseCause.CONNECTION_FAILED);
        } else {
            session.phase().failed(from, cause);
        }
    }
}
