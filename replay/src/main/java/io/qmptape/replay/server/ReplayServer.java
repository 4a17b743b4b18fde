package io.qmptape.replay.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.qmptape.replay.ReplaySession;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.Listener;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Plays QEMU's part of one script to one client, the first that is admitted; of several that come at the same moment it
 * may be any. All others are accepted and closed at once: a second play needs a second server.
 *
 * <p>Owns its listener and its client's connection; the event loops are the caller's. Safe for all threads, but not to be
 * closed on an event loop.
 */
public final class ReplayServer implements AutoCloseable {
    private final EventLoops loops;
    private final Endpoint endpoint;
    private final Script script;
    private final Secrets secrets;
    private final CompletableFuture<PlayResult> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private final AtomicReference<@Nullable PlayHandler> play = new AtomicReference<>();
    private volatile boolean isClosed;

    public ReplayServer(EventLoops loops, Endpoint endpoint, Script script, Secrets secrets) {
        this.loops = loops;
        this.endpoint = endpoint;
        this.script = script;
        this.secrets = secrets;
    }

    /**
     * Begins to listen.
     *
     * @return where, with the port that the system chose
     * @throws java.io.UncheckedIOException if the endpoint cannot be bound: what and why, in one line
     */
    public Endpoint start() {
        Listener opened = loops.listen(endpoint, Optional.empty(), new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                admit(channel);
            }
        });
        if (isClosed || !listener.compareAndSet(null, opened)) {
            opened.close();
            throw new IllegalStateException("a replay server is started once; make another for the next play");
        }
        return opened.endpoint();
    }

    /**
     * How the play ends. Complete once the client's connection is closed and all was written to it; with a client that
     * stays after the last step, that is when it leaves or this server is closed.
     */
    public CompletableFuture<PlayResult> result() {
        return result.copy();
    }

    private void admit(Channel channel) {
        PlayHandler handler = new PlayHandler(channel, script, new ReplaySession(script, secrets), result);
        if (isClosed || !play.compareAndSet(null, handler)) {
            channel.close();
        } else {
            channel.pipeline().addLast(handler);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Listener opened = listener.getAndSet(null);
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            Optional.ofNullable(play.get()).ifPresent(PlayHandler::stop);
            result.complete(new PlayResult.Stopped());
        }
    }
}
