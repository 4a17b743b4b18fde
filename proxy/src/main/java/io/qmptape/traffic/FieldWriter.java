package io.qmptape.traffic;

import io.qmptape.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;

/** Writes the fields of a layout such as {@link TrafficCodec}, one after the other. */
public final class FieldWriter {
    private static final int FIRST_SIZE = 128;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE);

    public FieldWriter one(int value) {
        room(1).put((byte) value);
        return this;
    }

    public FieldWriter four(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public FieldWriter eight(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public FieldWriter uuid(UUID value) {
        return eight(value.getMostSignificantBits()).eight(value.getLeastSignificantBits());
    }

    public FieldWriter maybe(OptionalLong value) {
        one(value.isPresent() ? 1 : 0);
        return value.isPresent() ? eight(value.getAsLong()) : this;
    }

    public FieldWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        four(utf8.length);
        room(utf8.length).put(utf8);
        return this;
    }

    public FieldWriter rest(Bytes value) {
        room(value.length());
        value.copyTo(buffer.array(), buffer.position());
        buffer.position(buffer.position() + value.length());
        return this;
    }

    public Bytes bytes() {
        byte[] array = buffer.array();
        return Bytes.lend(array.length == buffer.position() ? array : Arrays.copyOf(array, buffer.position()));
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            int size = bytes > buffer.capacity() ? needed : Math.max(needed, 2 * buffer.capacity());
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).position(buffer.position());
        }
        return buffer;
    }
}
