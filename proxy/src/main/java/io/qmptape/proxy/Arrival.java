package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Peer;
import io.qmptape.transport.Descriptors;
import io.qmptape.transport.Presence;
import io.qmptape.transport.SocketFault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that is not yet connected to the monitor.
 *
 * <pre>
 *   dial --connected--> ask who is there --known, or not in time--> link
 *    ^ |
 *    | +--busy: stand in line, without limit while the client is there
 *    | +--not there: up to the patience of the options
 *    pause
 * </pre>
 *
 * What either side sends meanwhile is held, within bounds; reading that much is how a client's leaving is noticed. A client that left without a word is let go; what one has sent before it ended its
 * sending is still delivered, if that is possible within the patience from then on.
 */
final class Arrival implements Phase {
    private final Session session;
    private final Channel client;
    private final SessionContext context;
    private final Future<Peer> clientPeer;
    private final Pause pause = new Pause();
    private final HeldReads fromClient = new HeldReads(Direction.CLIENT_TO_SERVER);
    private final HeldReads fromServer = new HeldReads(Direction.SERVER_TO_CLIENT);
    private final Set<Direction> finished = EnumSet.noneOf(Direction.class);
    private @Nullable Channel server;
    private @Nullable ScheduledFuture<?> limit;
    private boolean isTold;

    Arrival(Session session, Channel client, SessionContext context) {
        this.session = session;
        this.client = client;
        this.context = context;
        this.clientPeer = context.identity().named(client.eventLoop(), session.cameFrom());
    }

    void begin() {
        startLimit();
        dial();
    }

    @Override
    public void read(Direction from, ByteBuf bytes, Descriptors descriptors, long atNanos) {
        HeldReads held = from == Direction.CLIENT_TO_SERVER ? fromClient : fromServer;
        held.add(bytes, descriptors, atNanos);
        if (held.isFull()) {
            side(from).ifPresent(channel -> channel.config().setAutoRead(false));
        }
    }

    @Override
    public void finished(Direction from) {
        finished.add(from);
        side(from).ifPresent(channel -> channel.config().setAutoRead(false));
        if (from == Direction.CLIENT_TO_SERVER) {
            clientEnded(Presence.isGone(client));
        }
    }

    @Override
    public void refused(Direction way) {}

    @Override
    public void gone(Direction from) {
        finished.add(from);
        if (from == Direction.CLIENT_TO_SERVER) {
            clientEnded(true);
        }
    }

    /** A reset is followed by its side's end. */
    @Override
    public void failed(Direction from, Throwable cause) {
        if (SocketFault.of(cause) != SocketFault.DEPARTED) {
            session.end(CloseCause.CONNECTION_FAILED);
        }
    }

    @Override
    public void writable(Direction way) {}

    /** Who is connected waits for nobody: what the monitor says last may be here already. */
    @Override
    public void stopWaiting() {
        if (server == null) {
            session.end(CloseCause.PROXY_STOPPED);
        }
    }

    @Override
    public void leave() {
        stopLimit();
        context.line().leave(session);
        fromClient.discard();
        fromServer.discard();
    }

    private void dial() {
        if (!isCurrent()) {
            return;
        }
        if (finished.contains(Direction.CLIENT_TO_SERVER) && Presence.isGone(client)) {
            clientEnded(true);
        }
        if (isCurrent() && context.line().mayGo(session)) {
            connect();
        } else if (isCurrent()) {
            stand("others wait in front");
        }
    }

    private void connect() {
        context.monitors()
                .connect(client.eventLoop(), session.handler(Direction.SERVER_TO_CLIENT))
                .addListener((Future<Channel> answer) -> answered(answer));
    }

    private void answered(Future<Channel> answer) {
        if (!isCurrent()) {
            closeLate(answer);
        } else if (answer.isSuccess()) {
            meet(answer.getNow());
        } else if (SocketFault.of(answer.cause()) == SocketFault.BUSY) {
            stand(SocketFault.words(answer.cause()));
        } else {
            missed(answer.cause());
        }
    }

    private static void closeLate(Future<Channel> answer) {
        if (answer.isSuccess()) {
            answer.getNow().close();
        }
    }

    /** The monitor serves others: wait in order, for as long as the client stays. */
    private void stand(String reason) {
        context.line().join(session);
        if (!hasClientLeft()) {
            stopLimit();
        } else if (limit == null) {
            startLimit();
        }
        tell(reason);
        dialLater();
    }

    /** Nobody listens: whoever waits in line must not wait behind a client that is given up. */
    private void missed(Throwable cause) {
        context.line().leave(session);
        if (limit == null) {
            startLimit();
        }
        tell(SocketFault.words(cause));
        dialLater();
    }

    private void dialLater() {
        client.eventLoop().schedule(this::dial, pause.nextMillis(), TimeUnit.MILLISECONDS);
    }

    private void meet(Channel monitor) {
        stopLimit();
        context.line().leave(session);
        server = monitor;
        session.connected(monitor);
        context.identity()
                .upstreamOf(monitor)
                .addListener((Future<Identity.Upstream> upstream) ->
                        clientPeer.addListener((Future<Peer> peer) -> link(monitor, peer.getNow(), upstream.getNow())));
    }

    private void link(Channel monitor, Peer peer, Identity.Upstream upstream) {
        if (!isCurrent()) {
            return;
        }
        Link link = session.link(monitor, peer, upstream);
        fromClient.passTo(link);
        fromServer.passTo(link);
        finished.forEach(link::finished);
        link.begin();
    }

    /** What a client said before it left is still delivered, as it would be from the monitor's own backlog. */
    private void clientEnded(boolean isGone) {
        if (isGone && fromClient.isEmpty()) {
            session.end(CloseCause.CLIENT_LEFT);
            return;
        }
        if (isGone) {
            client.close();
        }
        if (limit == null && server == null) {
            startLimit();
        }
    }

    private void giveUp() {
        session.end(hasClientLeft() ? CloseCause.CLIENT_LEFT : CloseCause.UPSTREAM_UNREACHABLE);
    }

    /** Whose hold is full is not read, so that its end is not seen. */
    private boolean hasClientLeft() {
        return finished.contains(Direction.CLIENT_TO_SERVER) || (fromClient.isFull() && Presence.isGone(client));
    }

    private boolean isCurrent() {
        return session.phase() == this;
    }

    private void startLimit() {
        Duration patience = context.options().patience();
        limit = client.eventLoop().schedule(this::giveUp, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    private void tell(String reason) {
        if (!isTold) {
            isTold = true;
            Peer who = clientPeer.isSuccess() ? clientPeer.getNow() : session.cameFrom();
            Optional<Duration> atMost = limit == null
                    ? Optional.empty()
                    : Optional.of(context.options().patience());
            context.around().waiting().accept(new Waiting(who, context.options().upstream(), reason, atMost));
        }
    }

    private Optional<Channel> side(Direction from) {
        return Optional.ofNullable(from == Direction.CLIENT_TO_SERVER ? client : server);
    }
}
