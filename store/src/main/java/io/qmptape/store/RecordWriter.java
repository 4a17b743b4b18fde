package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Span;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The field types of the record layout, written. Big-endian. */
final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    RecordWriter u8(int value) {
        out.write(value);
        return this;
    }

    RecordWriter i32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    RecordWriter i64(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    RecordWriter optional(OptionalLong value) {
        u8(value.isPresent() ? 1 : 0);
        return i64(value.orElse(0));
    }

    RecordWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        i32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    RecordWriter bytes(Bytes value) {
        i32(value.length());
        out.writeBytes(value.toArray());
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

    byte[] toArray() {
        return out.toByteArray();
    }
}
