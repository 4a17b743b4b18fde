package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Descriptors;
import io.qmptape.transport.Presence;
import io.qmptape.transport.SocketFault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client and monitor are connected: two flows, each with its own end. The first thing that goes wrong, or the side that
 * ends first, is the cause of the whole link's end.
 */
final class Link implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    /** How often a side that only sends no more is asked whether it is still there to listen. */
    private static final int PRESENCE_MILLIS = 200;

    private final Session session;
    private final Channel client;
    private final Flow toServer;
    private final Flow toClient;
    /** Null where nobody controls what the client sends. */
    private final @Nullable Checkpoint checkpoint;

    private @Nullable CloseCause cause;
    /** A write can fail at once; the end waits until the port has heard of the read. */
    private boolean isPassing;
    /** Whether it is being looked whether a client is there that is not read. */
    private boolean isAttended;

    Link(Session session, Channel client, Peer who, Channel server) {
        this.session = session;
        this.client = client;
        this.toServer = new Flow(client, server);
        this.toClient = new Flow(server, client);
        this.checkpoint = session.control().isNone() ? null : new Checkpoint(session, client, who, toServer, toClient);
    }

    /** Lets both sides be read. */
    void begin() {
        toServer.regulate();
        toClient.regulate();
        if (checkpoint != null) {
            checkpoint.begin();
        }
    }

    @Override
    public void read(Direction from, ByteBuf bytes, Descriptors descriptors, long atNanos) {
        if (!flow(from).isOpen()) {
            return;
        }
        if (!session.mayPass()) {
            LOG.atWarn().addKeyValue("session", session.id()).log("what comes could not be recorded: its session ends");
            session.end(CloseCause.PROXY_STOPPED);
            return;
        }
        isPassing = true;
        if (checkpoint == null) {
            pass(from, bytes, descriptors, atNanos);
        } else {
            checkpoint.read(from, bytes, descriptors, atNanos);
        }
        isPassing = false;
        settle();
        attend();
    }

    private void pass(Direction from, ByteBuf bytes, Descriptors descriptors, long atNanos) {
        List<DescriptorKind> kinds = descriptors.kinds();
        flow(from).pass(bytes, descriptors);
        measure(flow(from), atNanos);
        Bytes copy = Bytes.lend(ByteBufUtil.getBytes(bytes));
        session.sees(new Traffic.Read(session.id(), from, atNanos, copy, kinds));
    }

    /** Only what has to wait costs more than reading the clock. */
    private void measure(Flow flow, long readAtNanos) {
        Delays delays = session.delays();
        if (delays == Delays.UNMEASURED || !flow.isOpen()) {
            return;
        }
        if (flow.isWritten()) {
            delays.added(session.now() - readAtNanos);
        } else {
            flow.whenWritten(() -> delays.added(session.now() - readAtNanos));
        }
    }

    @Override
    public void finished(Direction from) {
        blame(left(from));
        beginFinish(from);
        if (flow(from.opposite()).isOver() || Presence.isGone(flow(from).source())) {
            release(from);
        } else {
            tellHalfClosed(from);
            watch(from);
        }
        finish(from);
    }

    /** Before the port hears of the end, for what is left of the client's may be denied. */
    private void beginFinish(Direction from) {
        checkpoint(from).ifPresent(check -> check.finish(() -> flow(from).finish(this::settle)));
    }

    private void finish(Direction from) {
        checkpoint(from).ifPresentOrElse(Checkpoint::pass, () -> flow(from).finish(this::settle));
    }

    /** What stands in the way of that side; empty where nothing does. */
    private Optional<Checkpoint> checkpoint(Direction from) {
        return from == Direction.CLIENT_TO_SERVER ? Optional.ofNullable(checkpoint) : Optional.empty();
    }

    @Override
    public void refused(Direction way) {
        // a flow that is ending has its output shut by ourselves
        if (flow(way).isOpen()) {
            blame(left(way.opposite()));
            flow(way).breakOff();
            settle();
        }
    }

    @Override
    public void gone(Direction from) {
        blame(left(from));
        beginFinish(from);
        release(from);
        finish(from);
        settle();
    }

    @Override
    public void failed(Direction from, Throwable thrown) {
        if (SocketFault.of(thrown) == SocketFault.DEPARTED) {
            blame(left(from));
        } else {
            blame(CloseCause.CONNECTION_FAILED);
            gone(from);
        }
    }

    @Override
    public void writable(Direction way) {
        flow(way).regulate();
        if (checkpoint != null) {
            checkpoint.regulate();
        }
        attend();
    }

    @Override
    public void stopWaiting() {}

    @Override
    public void leave() {
        if (checkpoint != null) {
            checkpoint.discard();
        }
    }

    /** Nobody is left at that side: nothing can be written there, and its socket would only report that again and again. */
    private void release(Direction gone) {
        flow(gone.opposite()).breakOff();
        flow(gone).source().close();
    }

    private void tellHalfClosed(Direction from) {
        if (flow(from.opposite()).isOpen()) {
            session.sees(new Traffic.HalfClosed(session.id(), from, session.now()));
        }
    }

    private void watch(Direction silent) {
        client.eventLoop().schedule(() -> check(silent), PRESENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check(Direction silent) {
        if (session.phase() != this || flow(silent.opposite()).isOver()) {
            return;
        }
        if (Presence.isGone(flow(silent).source())) {
            gone(silent);
        } else {
            watch(silent);
        }
    }

    /** The end of a client that is not read is not heard; QEMU would notice, and forget what it had still to answer. */
    private void attend() {
        if (isUnread() && !isAttended) {
            isAttended = true;
            client.eventLoop().schedule(this::look, PRESENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        isAttended = false;
        if (isUnread() && (toClient.isOver() || Presence.isGone(client))) {
            session.end(CloseCause.CLIENT_LEFT);
        } else {
            attend();
        }
    }

    private boolean isUnread() {
        return session.phase() == this && toServer.isOpen() && !client.config().isAutoRead();
    }

    private void settle() {
        if (!isPassing && session.phase() == this && toServer.isOver() && toClient.isOver()) {
            session.end(cause == null ? CloseCause.UNKNOWN : cause);
        }
    }

    private void blame(CloseCause first) {
        cause = cause == null ? first : cause;
    }

    private Flow flow(Direction way) {
        return way == Direction.CLIENT_TO_SERVER ? toServer : toClient;
    }

    private static CloseCause left(Direction from) {
        return from == Direction.CLIENT_TO_SERVER ? CloseCause.CLIENT_LEFT : CloseCause.SERVER_LEFT;
    }
}
