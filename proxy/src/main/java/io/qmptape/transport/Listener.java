package io.qmptape.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A bound socket. Owns its channel and its file; what it accepted goes on after {@link #close()}. Safe for all threads. */
public final class Listener implements AutoCloseable {
    private static final int LETTING_IN_MILLIS = 50;

    private final Endpoint endpoint;
    private final Channel channel;
    private final Optional<? extends Place> place;

    Listener(Endpoint endpoint, Channel channel, Optional<? extends Place> place) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.place = place;
    }

    /** Where it listens, with the port that the system chose. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether the path of a unix socket still leads here. */
    public boolean isInPlace() {
        try {
            return place.isEmpty() || place.get().isOurs();
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes the path if it is still ours, or gives it back to whom it was taken from, then closes; not to be called on an event loop. */
    @Override
    public void close() {
        try {
            if (place.isPresent() && channel.isOpen()) {
                place.get().leave();
                letIn(place.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give up " + endpoint + ": " + e.getMessage(), e);
        } finally {
            channel.close().awaitUninterruptibly();
        }
    }

    /** Who came before the path was given back, and is not accepted yet, would otherwise be turned away from a live monitor. */
    private void letIn(Place left) {
        if (left instanceof Interposition) {
            channel.eventLoop()
                    .schedule(() -> {}, LETTING_IN_MILLIS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }
}
