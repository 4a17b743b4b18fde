package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.qmptape.gate.Control;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client and its connection to the monitor, both on one event loop, which alone touches the session's state.
 *
 * <pre>
 *             busy or not there: pause, dial again
 *                   +------+
 *                   v      |
 *   accepted --> Arrival --+-- connected, peers known --> Link --both directions over--+
 *                   |                                       |                          v
 *                   +--client left, patience over, stop-----+--failed, stop--------> Ended
 * </pre>
 *
 * The port hears Opened when a link begins or an arrival fails, with the time of the client's coming; Closed exactly once
 * after it, and nothing after that. If its recording ends before the session does, Closed comes then.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final SessionId id = SessionId.random();
    private final ClockPair came;
    private final Peer cameFrom;
    private final Channel client;
    private final SessionContext context;
    private final CompletableFuture<Void> untold = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Phase phase = Phase.ENDED;
    private volatile @Nullable Channel server;
    private boolean isOpened;

    private Session(Channel client, SessionContext context) {
        this.client = client;
        this.context = context;
        this.came = context.clock().pair();
        this.cameFrom = context.identity().peerOf(client);
    }

    /** On the client's loop, before it has read anything. */
    static Session begin(Channel client, SessionContext context) {
        Session session = new Session(client, context);
        Arrival arrival = new Arrival(session, client, context);
        session.phase = arrival;
        client.pipeline().addLast(session.handler(Direction.CLIENT_TO_SERVER));
        context.sessions().add(session);
        arrival.begin();
        return session;
    }

    SideHandler handler(Direction from) {
        return new SideHandler(from, this, context.clock());
    }

    SessionId id() {
        return id;
    }

    /** Monotonic nanoseconds. */
    long now() {
        return context.clock().nanos();
    }

    /** False if nothing may pass now that could not be recorded. */
    boolean mayPass() {
        return context.around().port().takes();
    }

    Control control() {
        return context.options().control();
    }

    /** Hears how much of the client's is on the tape. */
    void follow(LongConsumer recorded) {
        context.around().port().follow(id, recorded);
    }

    Delays delays() {
        return context.around().delays();
    }

    /** The client as its socket told when it came. */
    Peer cameFrom() {
        return cameFrom;
    }

    Phase phase() {
        return phase;
    }

    /** Completed when the port hears no more of this session. */
    CompletableFuture<Void> untold() {
        return untold;
    }

    /** Completed when the session is closed; by any thread's leave. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    void connected(Channel monitor) {
        server = monitor;
    }

    /** Goes over to a link, having told the port who is linked. */
    Link link(Channel monitor, Peer clientPeer, Identity.Upstream upstream) {
        open(upstream.machine(), clientPeer, upstream.peer());
        Link link = new Link(this, client, clientPeer, monitor);
        phase = link;
        return link;
    }

    /** Tells the port; after the end of the session or of its recording nothing is told any more. */
    void sees(Traffic traffic) {
        if (phase != Phase.ENDED) {
            tell(traffic);
        }
    }

    /** Ends it, whatever it was doing. Idempotent. */
    void end(CloseCause cause) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase.leave();
        phase = Phase.ENDED;
        try {
            tellEnd(cause);
        } finally {
            close();
        }
    }

    /** Lets the port hear of an end; what passes goes on unseen. Safe for all threads. */
    void endRecording() {
        client.eventLoop().execute(() -> {
            if (phase != Phase.ENDED && !untold.isDone()) {
                tellEnd(CloseCause.RECORDING_STOPPED);
                untold.complete(null);
            }
        });
    }

    /** Nothing of it is told: it has just come, on its loop, and recording has ended. */
    void staysUnseen() {
        untold.complete(null);
    }

    /** Lets a client go that still waits for the monitor. Safe for all threads. */
    void stopWaiting() {
        client.eventLoop().execute(() -> phase.stopWaiting());
    }

    /** Ends it from outside. Safe for all threads. */
    void stop() {
        client.eventLoop().execute(() -> end(CloseCause.PROXY_STOPPED));
    }

    /** Safe for all threads. */
    long pendingBytes() {
        Channel monitor = server;
        return Flow.pendingBytes(client) + (monitor == null ? 0 : Flow.pendingBytes(monitor));
    }

    private void tellEnd(CloseCause cause) {
        if (!isOpened) {
            open(context.identity().unmetMachine(), cameFrom, Peer.UNKNOWN);
        }
        tell(new Traffic.Closed(id, now(), cause));
        LOG.atDebug().addKeyValue("session", id).addKeyValue("cause", cause).log("closed");
    }

    private void open(Machine machine, Peer clientPeer, Peer serverPeer) {
        isOpened = true;
        String upstream = context.options().upstream().address();
        tell(new Traffic.Opened(
                id,
                came,
                machine,
                clientPeer,
                serverPeer,
                context.options().listen().address(),
                upstream));
        LOG.atDebug()
                .addKeyValue("session", id)
                .addKeyValue("upstream", upstream)
                .log("opened");
    }

    private void tell(Traffic traffic) {
        if (!untold.isDone()) {
            context.around().port().seen(traffic);
        }
    }

    private void close() {
        client.close();
        Channel monitor = server;
        if (monitor != null) {
            monitor.close();
        }
        context.sessions().remove(this);
        untold.complete(null);
        ended.complete(null);
    }
}
