package io.qmptape.analyzer.index;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.Position;
import io.qmptape.traffic.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.lucene.util.BytesRef;

/** The byte form in which the index keeps rows. */
final class RowCodec {
    private RowCodec() {}

    static BytesRef encode(MessageRow row) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeLong(row.session().value().getMostSignificantBits());
        out.writeLong(row.session().value().getLeastSignificantBits());
        out.writeLong(row.sequence());
        out.writeLong(row.at().getEpochSecond());
        out.writeInt(row.at().getNano());
        out.writeLong(row.sinceOpenNanos());
        out.writeByte(row.direction().ordinal());
        out.writeByte(row.kind().ordinal());
        out.writeUTF(row.name());
        out.writeUTF(row.contents());
        write(row.latencyNanos(), out);
        write(row.pair(), out);
        out.writeInt(row.findings());
        out.writeInt(row.masked());
        out.writeInt(row.descriptors());
        out.writeInt(row.bytes());
        out.writeUTF(row.position().reel());
        out.writeLong(row.position().index());
        return new BytesRef(octets.toByteArray());
    }

    static MessageRow decode(BytesRef bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.bytes, bytes.offset, bytes.length));
        return new MessageRow(
                new SessionId(new UUID(in.readLong(), in.readLong())),
                in.readLong(),
                Instant.ofEpochSecond(in.readLong(), in.readInt()),
                in.readLong(),
                Direction.values()[in.readByte()],
                MessageKind.values()[in.readByte()],
                in.readUTF(),
                in.readUTF(),
                read(in),
                read(in),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                new Position(in.readUTF(), in.readLong()));
    }

    private static void write(OptionalLong value, DataOutputStream out) throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            out.writeLong(value.getAsLong());
        }
    }

    private static OptionalLong read(DataInputStream in) throws IOException {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }
}
