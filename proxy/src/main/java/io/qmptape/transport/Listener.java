package io.qmptape.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A bound socket. Owns its channel and its file; what it accepted goes on after {@link #close()}. Safe for all threads. */
public final class Listener implements AutoCloseable {
    private final Endpoint endpoint;
    private final Channel channel;
    private final Optional<SocketFile> file;

    Listener(Endpoint endpoint, Channel channel, Optional<SocketFile> file) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.file = file;
    }

    /** Where it listens, with the port that the system chose. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Removes the path if it is still ours, then closes; not to be called on an event loop. */
    @Override
    public void close() {
        try {
            if (file.isPresent() && channel.isOpen()) {
                file.get().remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + endpoint, e);
        } finally {
            channel.close().awaitUninterruptibly();
        }
    }
}
