package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * One session of a foreign recording, told as the traffic that a relay would have seen. Time never goes back; where the
 * recording has none, each message is a millisecond after the one before.
 */
final class ForeignSession {
    private static final long STEP_NANOS = 1_000_000;
    private static final Bytes SERVER_END = Bytes.utf8("\r\n");
    private static final Bytes CLIENT_END = Bytes.utf8("\n");

    private final SessionId id;
    private final Consumer<Traffic> sink;
    private long last;
    private boolean hasSpoken;

    ForeignSession(SessionId id, long openedNanos, Consumer<Traffic> sink) {
        this.id = id;
        this.last = openedNanos;
        this.sink = sink;
    }

    /** Whether anything was said in it. */
    boolean hasSpoken() {
        return hasSpoken;
    }

    /** Whole bytes as they were read. */
    void read(Direction direction, long atNanos, Bytes bytes, int descriptors) {
        hasSpoken = true;
        last = Math.max(last, atNanos);
        List<DescriptorKind> kinds = Collections.nCopies(descriptors, DescriptorKind.OTHER);
        sink.accept(new Traffic.Read(id, direction, last, bytes, kinds));
    }

    /** A message whose line end the recording did not keep: it gets the usual one. */
    void say(Direction direction, long atNanos, Bytes message) {
        say(direction, atNanos, message, 0);
    }

    void say(Direction direction, long atNanos, Bytes message, int descriptors) {
        Bytes end = direction == Direction.SERVER_TO_CLIENT ? SERVER_END : CLIENT_END;
        read(direction, atNanos, Bytes.join(List.of(message, end)), descriptors);
    }

    void sayTimeless(Direction direction, Bytes message) {
        say(direction, next(), message);
    }

    /** The time of what comes next, where the recording has none. */
    long next() {
        return last + STEP_NANOS;
    }

    void halfClose(Direction direction, long atNanos) {
        last = Math.max(last, atNanos);
        sink.accept(new Traffic.HalfClosed(id, direction, last));
    }

    void close(CloseCause cause) {
        sink.accept(new Traffic.Closed(id, last, cause));
    }
}
