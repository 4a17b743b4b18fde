package io.qmptape.traffic;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import java.util.List;

/** What the relay saw of one session, in the order in which it saw it. {@link TrafficCodec} is its byte form. */
public sealed interface Traffic {
    SessionId session();

    /** Monotonic nanoseconds. */
    long atNanos();

    /**
     * A client is connected to its monitor.
     *
     * @param listen the endpoint that the client came to, as written on the command line
     * @param upstream the endpoint of the monitor
     */
    record Opened(
            SessionId session,
            ClockPair clock,
            Machine machine,
            Peer client,
            Peer server,
            String listen,
            String upstream)
            implements Traffic {
        @Override
        public long atNanos() {
            return clock.nanos();
        }
    }

    /**
     * What one read brought, already forwarded.
     *
     * @param descriptors kinds of the descriptors that came with the first byte
     */
    record Read(SessionId session, Direction direction, long atNanos, Bytes bytes, List<DescriptorKind> descriptors)
            implements Traffic {
        public Read {
            descriptors = List.copyOf(descriptors);
        }
    }

    /** One side will send no more; the other direction goes on. */
    record HalfClosed(SessionId session, Direction direction, long atNanos) implements Traffic {}

    /**
     * Bytes that were forwarded and could not be kept.
     *
     * @param firstByte where in the direction's stream the gap begins, from 0
     * @param fromNanos when the first of them was read
     * @param atNanos when the last of them was read
     */
    record Lost(SessionId session, Direction direction, long firstByte, long bytes, long fromNanos, long atNanos)
            implements Traffic {
        /** Where in the direction's stream it goes on behind the gap. */
        public long end() {
            return firstByte + bytes;
        }

        /** What is left without its first bytes, of which there are more. */
        public Lost without(long first) {
            return new Lost(session, direction, firstByte + first, bytes - first, fromNanos, atNanos);
        }

        /** Both as one, where the other begins at the end of this. */
        public Lost and(Lost next) {
            return new Lost(session, direction, firstByte, bytes + next.bytes, fromNanos, next.atNanos);
        }
    }

    /**
     * A message of the client that does not go on to the server. Told before what brings its last byte.
     *
     * @param end where the message ends in the client's stream
     * @param rule the name of what denied it
     */
    record Denied(SessionId session, long atNanos, long end, String rule) implements Traffic {}

    record Closed(SessionId session, long atNanos, CloseCause cause) implements Traffic {}
}
