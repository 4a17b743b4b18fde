package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Span;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The field types of the record layout, read; bytes share the record's. A record that ends early raises {@link java.nio.BufferUnderflowException}. */
final class RecordReader {
    private final Bytes source;
    private final ByteBuffer in;

    RecordReader(Bytes source) {
        this.source = source;
        this.in = source.asReadOnlyBuffer();
    }

    int u8() {
        return in.get() & 0xFF;
    }

    int i32() {
        return in.getInt();
    }

    long i64() {
        return in.getLong();
    }

    OptionalLong optional() {
        boolean isPresent = u8() == 1;
        long value = i64();
        return isPresent ? OptionalLong.of(value) : OptionalLong.empty();
    }

    String text() {
        return bytes().text();
    }

    Bytes bytes() {
        int length = length();
        int start = in.position();
        in.position(start + length);
        return source.slice(start, start + length);
    }

    <T> List<T> list(Supplier<T> each) {
        int size = length();
        if (size == 0) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(each.get());
        }
        return values;
    }

    <E extends Enum<E>> E word(E[] values) {
        int ordinal = u8();
        if (ordinal >= values.length) {
            throw new IllegalArgumentException("no value " + ordinal + " among " + values.length);
        }
        return values[ordinal];
    }

    Span span() {
        return new Span(i32(), i32());
    }

    ClockPair clock() {
        long nanos = i64();
        Instant wall = Instant.ofEpochSecond(i64(), i32());
        return new ClockPair(nanos, wall, text());
    }

    Machine machine() {
        return new Machine(text(), word(Machine.KnownBy.values()), text(), optional(), optional());
    }

    Peer peer() {
        return new Peer(text(), optional(), optional(), optional(), text());
    }

    private int length() {
        int length = i32();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + length + " where " + in.remaining() + " bytes are left");
        }
        return length;
    }
}
