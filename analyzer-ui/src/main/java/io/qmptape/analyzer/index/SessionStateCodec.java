package io.qmptape.analyzer.index;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.RecordCodec.Stored;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.BytesRef;

/** The byte form of a session's state, so that indexing goes on after a restart without reading the tape again. */
final class SessionStateCodec {
    private static final int OPEN = -1;

    private SessionStateCodec() {}

    static BytesRef encode(SessionState state) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        SessionSummary summary = state.summary();
        out.writeInt(state.ordinal());
        out.writeLong(summary.arrivedAtMillis());
        write(summary.opened(), summary.arrivedAtMillis(), out);
        write(summary, out);
        write(state.clock(), out);
        List<FrameRecorded> waiting = state.waiting();
        out.writeInt(waiting.size());
        for (FrameRecorded command : waiting) {
            write(command, 0, out);
        }
        return new BytesRef(octets.toByteArray());
    }

    static SessionState decode(BytesRef bytes) throws IOException {
        DataInputStream in = input(bytes);
        IndexedSession session = readSession(in);
        SessionState state = new SessionState(session.ordinal(), session.summary(), readClock(in));
        List<FrameRecorded> waiting = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            if (readRecord(in) instanceof FrameRecorded command) {
                waiting.add(command);
            }
        }
        state.waitFor(waiting);
        return state;
    }

    /** Only what lists show. */
    static IndexedSession decodeSession(BytesRef bytes) throws IOException {
        return readSession(input(bytes));
    }

    private static DataInputStream input(BytesRef bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.bytes, bytes.offset, bytes.length));
    }

    private static IndexedSession readSession(DataInputStream in) throws IOException {
        int ordinal = in.readInt();
        long arrivedAtMillis = in.readLong();
        if (!(readRecord(in) instanceof Opened opened)) {
            throw new IOException("the index holds a session without its opening");
        }
        return new IndexedSession(ordinal, readSummary(opened, arrivedAtMillis, in));
    }

    private static void write(SessionSummary summary, DataOutputStream out) throws IOException {
        out.writeUTF(summary.qemuVersion().length() > 100 ? "" : summary.qemuVersion());
        out.writeLong(summary.frames());
        out.writeLong(summary.errors());
        out.writeLong(summary.findings());
        out.writeLong(summary.masked());
        out.writeLong(summary.gaps());
        out.writeLong(summary.duration().toNanos());
        out.writeInt(summary.cause().map(Enum::ordinal).orElse(OPEN));
    }

    private static SessionSummary readSummary(Opened opened, long arrivedAtMillis, DataInputStream in)
            throws IOException {
        return new SessionSummary(
                opened,
                arrivedAtMillis,
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Duration.ofNanos(in.readLong()),
                cause(in.readInt()));
    }

    private static Optional<CloseCause> cause(int ordinal) {
        return ordinal == OPEN ? Optional.empty() : Optional.of(CloseCause.values()[ordinal]);
    }

    private static void write(ClockPair clock, DataOutputStream out) throws IOException {
        out.writeLong(clock.nanos());
        out.writeLong(clock.wall().getEpochSecond());
        out.writeInt(clock.wall().getNano());
        out.writeUTF(clock.boot());
    }

    private static ClockPair readClock(DataInputStream in) throws IOException {
        return new ClockPair(in.readLong(), Instant.ofEpochSecond(in.readLong(), in.readInt()), in.readUTF());
    }

    private static void write(SessionRecord record, long arrivedAtMillis, DataOutputStream out) throws IOException {
        Bytes bytes = RecordCodec.encode(record, arrivedAtMillis, Bytes.EMPTY);
        out.writeInt(bytes.length());
        bytes.writeTo(out);
    }

    private static SessionRecord readRecord(DataInputStream in) throws IOException {
        byte[] octets = new byte[in.readInt()];
        in.readFully(octets);
        Stored stored = RecordCodec.decode(Bytes.lend(octets));
        return stored.record();
    }
}
