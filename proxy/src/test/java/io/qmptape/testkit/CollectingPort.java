package io.qmptape.testkit;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.traffic.TrafficPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps all that it hears, and lets a test wait for it. Safe for all threads. */
public final class CollectingPort implements TrafficPort {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Traffic> heard = new ArrayList<>();

    @Override
    public synchronized void seen(Traffic traffic) {
        heard.add(traffic);
        notifyAll();
    }

    /** Looks again at what is waited for, when that is not traffic alone. */
    public synchronized void wakeUp() {
        notifyAll();
    }

    public synchronized List<Traffic> heard() {
        return List.copyOf(heard);
    }

    public synchronized <T extends Traffic> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public synchronized List<Traffic> heardOf(SessionId session) {
        return heard.stream()
                .filter(traffic -> traffic.session().equals(session))
                .toList();
    }

    /** All bytes of that direction, over all sessions. */
    public Bytes bytes(Direction direction) {
        return Bytes.join(heard(Traffic.Read.class).stream()
                .filter(read -> read.direction() == direction)
                .map(Traffic.Read::bytes)
                .toList());
    }

    /** How many bytes of that direction, over all sessions. */
    public synchronized long count(Direction direction) {
        return heard.stream()
                .mapToLong(traffic -> traffic instanceof Traffic.Read read && read.direction() == direction
                        ? read.bytes().length()
                        : 0)
                .sum();
    }

    /** Waits until so many bytes of that direction were heard. */
    public void awaitBytes(Direction direction, long bytes) {
        await(bytes + " bytes " + direction.word(), all -> count(direction) >= bytes);
    }

    /** Waits until so many values of that kind were heard. */
    public <T extends Traffic> List<T> await(Class<T> kind, int count) {
        await(
                count + " of " + kind.getSimpleName(),
                all -> all.stream().filter(kind::isInstance).count() >= count);
        return heard(kind);
    }

    /** @throws AssertionError if it does not come true in time; says what was heard */
    public synchronized void await(String what, Predicate<List<Traffic>> condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(heard)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s for " + what + ", heard " + heard);
            }
            pause(left);
        }
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
