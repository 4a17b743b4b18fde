package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Span;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The field types of the record layout, written. Big-endian. */
final class RecordWriter {
    /** The longest array that every Java can make. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private ByteBuffer out;

    /** @param expected how long the record is thought to become; it may become longer */
    RecordWriter(int expected) {
        this.out = ByteBuffer.allocate(expected);
    }

    RecordWriter u8(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    RecordWriter i32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RecordWriter i64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    RecordWriter optional(OptionalLong value) {
        u8(value.isPresent() ? 1 : 0);
        return i64(value.orElse(0));
    }

    RecordWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        i32(utf8.length);
        room(utf8.length).put(utf8);
        return this;
    }

    RecordWriter bytes(Bytes value) {
        i32(value.length());
        value.into(room(value.length())::put);
        return this;
    }

    <T> RecordWriter list(List<T> values, Consumer<T> each) {
        i32(values.size());
        values.forEach(each);
        return this;
    }

    RecordWriter span(Span span) {
        return i32(span.start()).i32(span.end());
    }

    RecordWriter clock(ClockPair clock) {
        return i64(clock.nanos())
                .i64(clock.wall().getEpochSecond())
                .i32(clock.wall().getNano())
                .text(clock.boot());
    }

    RecordWriter machine(Machine machine) {
        return text(machine.name())
                .u8(machine.knownBy().ordinal())
                .text(machine.uuid())
                .optional(machine.pid())
                .optional(machine.startTicks());
    }

    RecordWriter peer(Peer peer) {
        return text(peer.address())
                .optional(peer.pid())
                .optional(peer.uid())
                .optional(peer.gid())
                .text(peer.command());
    }

    /** All that was written, and its checksum. Nothing can be written afterwards. */
    Bytes checked() {
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        i32((int) crc.getValue());
        return Bytes.lend(out.array()).slice(0, out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int needed = Math.addExact(out.position(), bytes);
            byte[] grown = Arrays.copyOf(out.array(), Math.max(needed, (int) Math.min(2L * out.capacity(), MAX_BYTES)));
            out = ByteBuffer.wrap(grown).position(out.position());
        }
        return out;
    }
}
