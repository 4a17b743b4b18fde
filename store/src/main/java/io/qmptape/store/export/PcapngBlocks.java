package io.qmptape.store.export;

import io.qmptape.protocol.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** The blocks of a pcapng file that a capture of one interface takes: section, interface, packets. Little-endian. */
final class PcapngBlocks {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    /** Packets begin with their IP header. */
    private static final short LINKTYPE_RAW = 101;

    private static final int COMMENT = 1;
    private static final int USER_APPLICATION = 4;
    private static final int TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final long SECOND = 1_000_000_000;
    private static final int OPTION_BYTES = 4;
    private static final int MAX_OPTION = 0xffff;

    private final OutputStream out;

    PcapngBlocks(OutputStream out) {
        this.out = out;
    }

    void begin(String comment) throws IOException {
        Bytes text = option(COMMENT, Bytes.utf8(comment));
        Bytes application = option(USER_APPLICATION, Bytes.utf8("qmptape"));
        ByteBuffer section = buffer(16 + text.length() + application.length() + OPTION_BYTES);
        section.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
        section.put(text.asReadOnlyBuffer()).put(application.asReadOnlyBuffer());
        block(SECTION, section);

        Bytes resolution = option(TIME_RESOLUTION, Bytes.lend(new byte[] {NANOSECONDS}));
        ByteBuffer device = buffer(8 + resolution.length() + OPTION_BYTES);
        device.putShort(LINKTYPE_RAW).putShort((short) 0).putInt(0).put(resolution.asReadOnlyBuffer());
        block(INTERFACE, device);
    }

    /** @param comment empty for none */
    void packet(Instant time, Bytes octets, String comment) throws IOException {
        Bytes text = comment.isEmpty() ? Bytes.EMPTY : option(COMMENT, Bytes.utf8(comment));
        long nanos = time.getEpochSecond() * SECOND + time.getNano();
        ByteBuffer packet = buffer(20 + padded(octets.length()) + text.length() + OPTION_BYTES);
        packet.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        packet.putInt(octets.length()).putInt(octets.length());
        packet.put(octets.asReadOnlyBuffer());
        packet.position(20 + padded(octets.length()));
        packet.put(text.asReadOnlyBuffer());
        block(PACKET, packet);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int total = 12 + body.capacity();
        out.write(buffer(8).putInt(type).putInt(total).array());
        out.write(body.array());
        out.write(buffer(4).putInt(total).array());
    }

    private static Bytes option(int code, Bytes value) {
        Bytes kept = value.slice(0, Math.min(value.length(), MAX_OPTION));
        ByteBuffer option = buffer(OPTION_BYTES + padded(kept.length()));
        option.putShort((short) code).putShort((short) kept.length()).put(kept.asReadOnlyBuffer());
        return Bytes.lend(option.array());
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
