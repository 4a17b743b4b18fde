package io.qmptape.store;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.Set;

/**
 * One record of one session, as tape and transcript hold it. {@code store/README.md} has the byte layout. Times are
 * monotonic nanoseconds of the session's boot; {@link Opened#clock} ties them to the time of day.
 */
public sealed interface SessionRecord {
    SessionId session();

    long atNanos();

    /**
     * The first record of a session.
     *
     * @param listen the endpoint that the client came to
     * @param upstream the endpoint of the monitor
     * @param key fingerprint of the redaction key that masked this session; or {@link #DROPPED}, {@link #UNMASKED},
     *     {@link #MIXED}; empty if nobody looked for secrets
     * @param origin where the records come from: {@code recorded}, or the name of a foreign format
     */
    record Opened(
            SessionId session,
            ClockPair clock,
            Machine machine,
            Peer client,
            Peer server,
            String listen,
            String upstream,
            String key,
            String origin)
            implements SessionRecord {
        public static final String RECORDED = "recorded";

        /** Secrets were masked and no hash of them was kept. */
        public static final String DROPPED = "dropped";

        /** Somebody asked for a recording with its secrets in clear. */
        public static final String UNMASKED = "unmasked";

        /** Masked more than once, not always under one key: stand-ins do not compare. */
        public static final String MIXED = "mixed";

        public boolean isUnmasked() {
            return key.equals(UNMASKED);
        }

        /** Whether equal stand-ins of both mean equal secrets, and other ones others. */
        public boolean hasStandInsLike(Opened other) {
            return key.equals(other.key)
                    && !Set.of("", DROPPED, UNMASKED, MIXED).contains(key);
        }

        /** How it was masked, for people; empty if nobody looked for secrets. */
        public String masking() {
            return switch (key) {
                case "" -> "";
                case DROPPED -> "secrets dropped, no hash kept";
                case UNMASKED -> "none: recorded in clear, secrets and all";
                case MIXED -> "pseudonyms under several keys";
                default -> "pseudonyms under key " + key;
            };
        }

        /** The same session, masked otherwise. */
        public Opened withKey(String other) {
            return new Opened(session, clock, machine, client, server, listen, upstream, other, origin);
        }

        @Override
        public long atNanos() {
            return clock.nanos();
        }
    }

    /**
     * A session goes on from an earlier reel.
     *
     * @param opened the session's first record, so that this reel can be read alone
     * @param nextSequence the number behind that of the last frame on the tape; where frames are missing a gap follows, and the
     *     frame behind that has a higher one
     * @param chainHead the head of the session's hash chain at the end of {@code previousReel}
     */
    record Continued(Opened opened, ClockPair clock, long nextSequence, Bytes chainHead, String previousReel)
            implements SessionRecord {
        @Override
        public SessionId session() {
            return opened.session();
        }

        @Override
        public long atNanos() {
            return clock.nanos();
        }
    }

    /**
     * A frame, what was masked in it, and what the recorder's validator said.
     *
     * @param message kind of message, so that lists can count without reading JSON
     * @param masked what stands in for secrets in the frame's bytes
     * @param catalog identity of the catalog that judged, as {@code qemu-2.1}; empty if none did
     */
    record FrameRecorded(
            SessionId session,
            Frame frame,
            MessageKind message,
            List<Masked> masked,
            String catalog,
            List<Finding> findings)
            implements SessionRecord {
        public FrameRecorded {
            masked = List.copyOf(masked);
            findings = List.copyOf(findings);
        }

        @Override
        public long atNanos() {
            return frame.completedAtNanos();
        }

        public long sequence() {
            return frame.sequence();
        }

        /** Reads the frame's JSON anew: keep it if it is needed twice. */
        public Message read() {
            return Message.of(frame);
        }
    }

    /** One side sent its last byte; the other went on. */
    record HalfClosed(SessionId session, Direction direction, long atNanos) implements SessionRecord {}

    /**
     * Bytes that passed and are not on the tape.
     *
     * @param firstByte where in the direction's stream the gap begins, from 0
     * @param fromNanos when the first of them was read
     * @param atNanos when the last of them was read
     * @param reason what kept them off the tape, as {@code queue full}
     */
    record Gap(
            SessionId session,
            Direction direction,
            long firstByte,
            long bytes,
            long fromNanos,
            long atNanos,
            String reason)
            implements SessionRecord {
        /** Where in the direction's stream it goes on behind the gap. */
        public long end() {
            return firstByte + bytes;
        }

        /** What is left without its first bytes, of which there are more. */
        public Gap without(long first) {
            return new Gap(session, direction, firstByte + first, bytes - first, fromNanos, atNanos, reason);
        }

        /** Both as one, for the reason of this, where the other begins at the end of this. */
        public Gap and(Gap next) {
            return new Gap(session, direction, firstByte, bytes + next.bytes, fromNanos, next.atNanos, reason);
        }
    }

    /** A new reading of both clocks: each minute, and when the wall clock was stepped. */
    record ClockRead(SessionId session, ClockPair clock) implements SessionRecord {
        @Override
        public long atNanos() {
            return clock.nanos();
        }
    }

    /**
     * The last record of a session.
     *
     * @param clientRest white space that the client sent after its last frame
     * @param serverRest white space that the server sent after its last frame
     */
    record Closed(SessionId session, long atNanos, CloseCause cause, Bytes clientRest, Bytes serverRest)
            implements SessionRecord {
        public Bytes rest(Direction direction) {
            return direction == Direction.CLIENT_TO_SERVER ? clientRest : serverRest;
        }
    }
}
