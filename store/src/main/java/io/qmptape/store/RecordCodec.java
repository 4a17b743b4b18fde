package io.qmptape.store;

import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The byte form of session records, version 1, as {@code store/README.md} writes it down. Enumerations are stored by
 * their position: their constants are only ever added to at the end.
 */
public final class RecordCodec {
    public static final int VERSION = 1;

    /** What a record takes beside its frame's bytes, mostly. */
    private static final int FEW_BYTES = 256;

    private static final int OPENED = 1;
    private static final int FRAME = 2;
    private static final int HALF_CLOSED = 3;
    private static final int GAP = 4;
    private static final int CLOCK = 5;
    private static final int CONTINUED = 6;
    private static final int CLOSED = 7;

    private RecordCodec() {}

    /**
     * @param arrivedAtMillis when the record came onto the tape, milliseconds since 1970
     * @param chainHead head of the session's hash chain before this record
     */
    public static Bytes encode(SessionRecord record, long arrivedAtMillis, Bytes chainHead) {
        RecordWriter out = new RecordWriter(expectedBytes(record));
        out.u8(VERSION).u8(typeOf(record)).i64(record.session().value().getMostSignificantBits());
        out.i64(record.session().value().getLeastSignificantBits()).i64(arrivedAtMillis);
        writeBody(record, out);
        if (record instanceof Closed) {
            out.bytes(chainHead);
        }
        return out.checked();
    }

    /** @throws IllegalArgumentException if the bytes are no record of a version that is known here */
    public static Stored decode(Bytes record) {
        int end = record.length() - Integer.BYTES;
        if (end < 2) {
            throw new IllegalArgumentException("a record of " + record.length() + " bytes is none");
        }
        if (record.at(0) != VERSION) {
            throw new IllegalArgumentException("record layout " + record.at(0)
                    + " is not known to this version of qmptape," + " which reads " + VERSION + ": use a newer one");
        }
        if (!isChecked(record, end)) {
            throw new IllegalArgumentException("a record's checksum does not fit its bytes");
        }
        try {
            return read(new RecordReader(record.slice(1, end)));
        } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("a record ends in the middle or holds an impossible time", e);
        }
    }

    /** Whether its checksum fits, of whatever version it is. A full disk, or a crash, can leave a record that was torn. */
    public static boolean isWhole(Bytes record) {
        int end = record.length() - Integer.BYTES;
        return end >= 2 && record.at(0) != 0 && isChecked(record, end);
    }

    /** Whether a whole record is of a layout that only newer versions read. */
    public static boolean isNewer(Bytes record) {
        return record.at(0) != VERSION;
    }

    /** @throws TapeException if a whole record is of such a layout */
    public static void refuseNewer(ReelScan.Place place, Bytes record) {
        if (isNewer(record)) {
            throw new TapeException(
                    place + ": a record of a layout that this version of qmptape does not know: use a newer one");
        }
    }

    /** The session of a whole record, without reading the rest of it. */
    public static SessionId sessionOf(Bytes record) {
        ByteBuffer in = record.asReadOnlyBuffer();
        return new SessionId(new UUID(in.getLong(2), in.getLong(2 + Long.BYTES)));
    }

    /** Whether a record belongs to a session, without reading the rest of it. */
    public static boolean isOf(Bytes record, SessionId session) {
        ByteBuffer in = record.asReadOnlyBuffer();
        return in.remaining() >= 2 + 2 * Long.BYTES
                && in.getLong(2) == session.value().getMostSignificantBits()
                && in.getLong(2 + Long.BYTES) == session.value().getLeastSignificantBits();
    }

    /**
     * A record with what is stored beside it.
     *
     * @param chainHead of a {@link Closed}: the head of the session's hash chain in front of it; else empty
     */
    public record Stored(SessionRecord record, long arrivedAtMillis, Bytes chainHead) {}

    private static Stored read(RecordReader in) {
        int type = in.u8();
        SessionId session = new SessionId(new UUID(in.i64(), in.i64()));
        long arrivedAtMillis = in.i64();
        SessionRecord record = switch (type) {
            case OPENED -> readOpened(session, in);
            case FRAME -> readFrame(session, in);
            case HALF_CLOSED -> new HalfClosed(session, in.word(Direction.values()), in.i64());
            case GAP -> readGap(session, in);
            case CLOCK -> new ClockRead(session, in.clock());
            case CONTINUED -> new Continued(readOpened(session, in), in.clock(), in.i64(), in.bytes(), in.text());
            case CLOSED -> new Closed(session, in.i64(), in.word(CloseCause.values()), in.bytes(), in.bytes());
            default -> throw new IllegalArgumentException("a record of the unknown type " + type);
        };
        return new Stored(record, arrivedAtMillis, record instanceof Closed ? in.bytes() : Bytes.EMPTY);
    }

    /** Enough for most, so that they are not copied while they grow. */
    private static int expectedBytes(SessionRecord record) {
        return FEW_BYTES
                + (record instanceof FrameRecorded frame ? frame.frame().bytes().length() : 0);
    }

    private static int typeOf(SessionRecord record) {
        if (record instanceof Opened) {
            return OPENED;
        } else if (record instanceof FrameRecorded) {
            return FRAME;
        } else if (record instanceof HalfClosed) {
            return HALF_CLOSED;
        } else if (record instanceof Gap) {
            return GAP;
        } else if (record instanceof ClockRead) {
            return CLOCK;
        }
        return record instanceof Continued ? CONTINUED : CLOSED;
    }

    private static void writeBody(SessionRecord record, RecordWriter out) {
        if (record instanceof Opened opened) {
            writeOpened(opened, out);
        } else if (record instanceof FrameRecorded frame) {
            writeFrame(frame, out);
        } else if (record instanceof HalfClosed half) {
            out.u8(half.direction().ordinal()).i64(half.atNanos());
        } else if (record instanceof Gap gap) {
            out.u8(gap.direction().ordinal()).i64(gap.firstByte()).i64(gap.bytes());
            out.i64(gap.fromNanos()).i64(gap.atNanos()).text(gap.reason());
        } else if (record instanceof ClockRead read) {
            out.clock(read.clock());
        } else if (record instanceof Continued continued) {
            writeOpened(continued.opened(), out);
            out.clock(continued.clock()).i64(continued.nextSequence());
            out.bytes(continued.chainHead()).text(continued.previousReel());
        } else if (record instanceof Closed closed) {
            out.i64(closed.atNanos()).u8(closed.cause().ordinal());
            out.bytes(closed.clientRest()).bytes(closed.serverRest());
        }
    }

    private static void writeOpened(Opened opened, RecordWriter out) {
        out.clock(opened.clock())
                .machine(opened.machine())
                .peer(opened.client())
                .peer(opened.server());
        out.text(opened.listen()).text(opened.upstream()).text(opened.key()).text(opened.origin());
    }

    private static Opened readOpened(SessionId session, RecordReader in) {
        return new Opened(
                session, in.clock(), in.machine(), in.peer(), in.peer(), in.text(), in.text(), in.text(), in.text());
    }

    private static void writeFrame(FrameRecorded recorded, RecordWriter out) {
        Frame frame = recorded.frame();
        out.i64(frame.sequence())
                .u8(frame.direction().ordinal())
                .u8(frame.kind().ordinal());
        out.u8(recorded.message().ordinal());
        out.list(
                frame.marks(),
                mark -> out.i32(mark.offset())
                        .i64(mark.atNanos())
                        .list(mark.descriptors(), kind -> out.u8(kind.ordinal())));
        out.bytes(frame.bytes());
        out.list(
                recorded.masked(),
                masked -> out.text(masked.path()).text(masked.type()).span(masked.span()));
        out.text(recorded.catalog());
        out.list(
                recorded.findings(),
                finding -> out.text(finding.rule())
                        .u8(finding.severity().ordinal())
                        .text(finding.path())
                        .text(finding.text()));
    }

    private static FrameRecorded readFrame(SessionId session, RecordReader in) {
        long sequence = in.i64();
        Direction direction = in.word(Direction.values());
        FrameKind kind = in.word(FrameKind.values());
        MessageKind message = in.word(MessageKind.values());
        var marks = in.list(() -> new Mark(in.i32(), in.i64(), in.list(() -> in.word(DescriptorKind.values()))));
        Frame frame = new Frame(sequence, direction, kind, in.bytes(), marks);
        var masked = in.list(() -> new Masked(in.text(), in.text(), in.span()));
        String catalog = in.text();
        var findings = in.list(() -> new Finding(in.text(), in.word(Severity.values()), in.text(), in.text()));
        return new FrameRecorded(session, frame, message, masked, catalog, findings);
    }

    private static Gap readGap(SessionId session, RecordReader in) {
        return new Gap(session, in.word(Direction.values()), in.i64(), in.i64(), in.i64(), in.i64(), in.text());
    }

    private static boolean isChecked(Bytes record, int end) {
        CRC32C crc = new CRC32C();
        record.slice(0, end).into(crc::update);
        return record.asReadOnlyBuffer().getInt(end) == (int) crc.getValue();
    }
}
