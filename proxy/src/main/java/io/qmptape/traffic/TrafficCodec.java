package io.qmptape.traffic;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The byte form in which traffic crosses from one process to another. All numbers are big-endian.
 *
 * <pre>
 *   version  1 byte, {@value #VERSION}
 *   kind     1 byte
 *   session  16 bytes: the UUID
 *
 *   1 Opened      clock: nanos 8, wall seconds 8, wall nanos 4, boot text
 *                 machine: name text, known by text, uuid text, pid maybe, start ticks maybe
 *                 client, server: address text, pid maybe, uid maybe, gid maybe, command text
 *                 listen text, upstream text
 *   2 Read        direction 1 (0 client to server, 1 back), nanos 8, descriptors: count 4 and as many texts, rest: the bytes
 *   3 HalfClosed  direction 1, nanos 8
 *   4 Lost        direction 1, first byte 8, bytes 8, from nanos 8, nanos 8
 *   5 Closed      nanos 8, cause text
 *   6 Denied      nanos 8, end 8, rule text
 *
 *   text     length in bytes 4, UTF-8; words of a fixed choice as their names in this program
 *   maybe    1 byte 0, or 1 byte 1 and 8 bytes
 * </pre>
 *
 * A change of this layout takes a new version. Safe for all threads.
 */
public final class TrafficCodec {
    static final byte VERSION = 2;

    private static final int OPENED = 1;
    private static final int READ = 2;
    private static final int HALF_CLOSED = 3;
    private static final int LOST = 4;
    private static final int CLOSED = 5;
    private static final int DENIED = 6;

    private TrafficCodec() {}

    public static Bytes encode(Traffic traffic) {
        FieldWriter out = new FieldWriter();
        if (traffic instanceof Traffic.Read read) {
            read(begin(out, READ, read), read);
        } else if (traffic instanceof Traffic.Opened opened) {
            opened(begin(out, OPENED, opened), opened);
        } else if (traffic instanceof Traffic.HalfClosed half) {
            begin(out, HALF_CLOSED, half).one(half.direction().ordinal()).eight(half.atNanos());
        } else if (traffic instanceof Traffic.Lost lost) {
            lost(begin(out, LOST, lost), lost);
        } else if (traffic instanceof Traffic.Denied denied) {
            begin(out, DENIED, denied)
                    .eight(denied.atNanos())
                    .eight(denied.end())
                    .text(denied.rule());
        } else if (traffic instanceof Traffic.Closed closed) {
            begin(out, CLOSED, closed)
                    .eight(closed.atNanos())
                    .text(closed.cause().name());
        }
        return out.bytes();
    }

    /**
     * The inverse of {@link #encode}. A read's bytes share the array of {@code encoded}.
     *
     * @throws IllegalArgumentException if these bytes are no traffic, or of another version
     */
    public static Traffic decode(Bytes encoded) {
        FieldReader in = new FieldReader(encoded);
        int version = in.one();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "traffic of version " + version + " cannot be read here: only version " + VERSION + " can");
        }
        int kind = in.one();
        SessionId session = new SessionId(in.uuid());
        Traffic traffic = switch (kind) {
            case OPENED -> opened(in, session);
            case READ -> read(in, session);
            case HALF_CLOSED -> new Traffic.HalfClosed(session, direction(in), in.eight());
            case LOST -> new Traffic.Lost(session, direction(in), in.eight(), in.eight(), in.eight(), in.eight());
            case DENIED -> new Traffic.Denied(session, in.eight(), in.eight(), in.text());
            case CLOSED -> new Traffic.Closed(session, in.eight(), in.word(CloseCause.class));
            default -> throw new IllegalArgumentException("there is no traffic of kind " + kind);
        };
        in.end();
        return traffic;
    }

    private static FieldWriter begin(FieldWriter out, int kind, Traffic traffic) {
        return out.one(VERSION).one(kind).uuid(traffic.session().value());
    }

    private static void opened(FieldWriter out, Traffic.Opened opened) {
        ClockPair clock = opened.clock();
        out.eight(clock.nanos())
                .eight(clock.wall().getEpochSecond())
                .four(clock.wall().getNano())
                .text(clock.boot());
        Machine machine = opened.machine();
        out.text(machine.name()).text(machine.knownBy().name()).text(machine.uuid());
        out.maybe(machine.pid()).maybe(machine.startTicks());
        peer(out, opened.client());
        peer(out, opened.server());
        out.text(opened.listen()).text(opened.upstream());
    }

    private static Traffic.Opened opened(FieldReader in, SessionId session) {
        ClockPair clock = new ClockPair(in.eight(), instant(in.eight(), in.four()), in.text());
        Machine machine = new Machine(in.text(), in.word(Machine.KnownBy.class), in.text(), in.maybe(), in.maybe());
        return new Traffic.Opened(session, clock, machine, peer(in), peer(in), in.text(), in.text());
    }

    private static void peer(FieldWriter out, Peer peer) {
        out.text(peer.address())
                .maybe(peer.pid())
                .maybe(peer.uid())
                .maybe(peer.gid())
                .text(peer.command());
    }

    private static Peer peer(FieldReader in) {
        return new Peer(in.text(), in.maybe(), in.maybe(), in.maybe(), in.text());
    }

    private static void read(FieldWriter out, Traffic.Read read) {
        out.one(read.direction().ordinal())
                .eight(read.atNanos())
                .four(read.descriptors().size());
        read.descriptors().forEach(kind -> out.text(kind.name()));
        out.rest(read.bytes());
    }

    private static Traffic.Read read(FieldReader in, SessionId session) {
        Direction direction = direction(in);
        long atNanos = in.eight();
        List<DescriptorKind> descriptors = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            descriptors.add(in.word(DescriptorKind.class));
        }
        return new Traffic.Read(session, direction, atNanos, in.rest(), descriptors);
    }

    private static void lost(FieldWriter out, Traffic.Lost lost) {
        out.one(lost.direction().ordinal()).eight(lost.firstByte()).eight(lost.bytes());
        out.eight(lost.fromNanos()).eight(lost.atNanos());
    }

    private static Direction direction(FieldReader in) {
        int code = in.one();
        return switch (code) {
            case 0 -> Direction.CLIENT_TO_SERVER;
            case 1 -> Direction.SERVER_TO_CLIENT;
            default -> throw new IllegalArgumentException("a direction is 0 or 1, not " + code);
        };
    }

    private static Instant instant(long seconds, int nanos) {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("no time of day: " + seconds + " s and " + nanos + " ns", e);
        }
    }
}
