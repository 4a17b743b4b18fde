package io.qmptape.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.Listener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of one monitor: each client that comes gets a connection of its own to it, and every byte goes on
 * unchanged before anyone looks at it.
 *
 * <pre>
 *   new --start--> listening --stop--> finishing --all left, or grace over--> stopped
 *                      |                  ^
 *                      +--drain--> draining, unseen by the port
 *                      +--relayUnseen--> listening, unseen by the port
 * </pre>
 *
 * Owns its listener and its sessions, not the loops they run on. Safe for all threads but the event loops' own.
 */
public final class Proxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

    private final ProxyOptions options;
    private final SessionContext context;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private boolean isStarted;

    public Proxy(ProxyOptions options, Surroundings surroundings) {
        this.options = options;
        this.context = SessionContext.of(options, surroundings);
    }

    /**
     * Begins to listen.
     *
     * @return where it listens, with the port that the system chose, or which client it connects to
     * @throws java.io.UncheckedIOException what cannot be bound and why, in one line
     * @throws IllegalStateException if it was started before
     */
    public synchronized Endpoint start() {
        if (isStarted || context.sessions().isStopping()) {
            throw new IllegalStateException("a proxy starts once: make a new one for " + options.listen());
        }
        isStarted = true;
        context.around().port().whenCrowded(context.sessions()::stop);
        Endpoint bound = options.clientListens() ? reachOut() : listen();
        LOG.atInfo()
                .addKeyValue("listen", bound)
                .addKeyValue("upstream", options.upstream())
                .log("listening");
        return bound;
    }

    private Endpoint reachOut() {
        context.loops().check(options.listen());
        Outreach outreach = new Outreach(context);
        context.monitors().start(outreach::look);
        outreach.look();
        return options.listen();
    }

    private Endpoint listen() {
        context.monitors().start(() -> {});
        try {
            Listener bound =
                    context.loops().listen(options.listen(), Optional.of(options.upstream()), new Acceptor(context));
            listener.set(bound);
            return bound.endpoint();
        } catch (RuntimeException e) {
            context.monitors().close();
            throw e;
        }
    }

    /** Stops listening, and lets go who waits; open sessions go on until they are stopped. */
    public synchronized void finish() {
        try {
            stopListening();
        } finally {
            context.sessions().finish();
        }
    }

    /**
     * Stops listening at once, lets open sessions finish for up to {@code grace}, ends the rest; returns when all are
     * closed. Clients that still wait for the upstream are let go at once.
     */
    public synchronized void stop(Duration grace) {
        try {
            stopListening();
        } finally {
            context.monitors().close();
            context.sessions().stop(grace);
        }
    }

    /**
     * Stops listening at once and tells the port of nothing more: it has heard of an end of each session when this returns.
     * Sessions go on until they end by themselves or are stopped.
     */
    public synchronized void drain() {
        try {
            stopListening();
        } finally {
            relayUnseen();
        }
    }

    /**
     * Tells the port of nothing more: it has heard of an end of each session when this returns. Sessions go on, and new clients
     * come as before.
     */
    public synchronized void relayUnseen() {
        context.sessions().drain();
    }

    /** Whether those who connect to where it listens come to it: false if another server took its path, or it was removed. */
    public boolean isInPlace() {
        Listener bound = listener.get();
        return bound != null && bound.isInPlace();
    }

    /** How many clients there are, connected or waiting; a moment's count. */
    public int openSessions() {
        return context.sessions().count();
    }

    private void stopListening() {
        Listener bound = listener.getAndSet(null);
        if (bound != null) {
            bound.close();
        }
    }

    /** {@link #stop} with the grace of the options. */
    @Override
    public void close() {
        stop(options.grace());
    }

    /** Bytes read and not yet taken by the other side's kernel, over all sessions. For tests; a moment's estimate. */
    long pendingBytes() {
        return context.sessions().pendingBytes();
    }

    /** Gives each accepted client its session. */
    private static final class Acceptor extends ChannelInitializer<Channel> {
        private final SessionContext context;

        Acceptor(SessionContext context) {
            this.context = context;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(Channel client) {
            if (context.around().port().takes()) {
                Session.begin(client, context);
            } else {
                LOG.debug("a client is refused: it could not be recorded");
                client.close();
            }
        }
    }
}
