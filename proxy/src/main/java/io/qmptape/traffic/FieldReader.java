package io.qmptape.traffic;

import io.qmptape.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads the fields of a layout as {@link TrafficCodec} writes them; every deviation is an {@link IllegalArgumentException}. */
public final class FieldReader {
    private final Bytes source;
    private final ByteBuffer buffer;

    public FieldReader(Bytes source) {
        this.source = source;
        this.buffer = source.asReadOnlyBuffer();
    }

    public int one() {
        need(1);
        return buffer.get();
    }

    public int four() {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    public long eight() {
        need(Long.BYTES);
        return buffer.getLong();
    }

    public UUID uuid() {
        return new UUID(eight(), eight());
    }

    public OptionalLong maybe() {
        int flag = one();
        return switch (flag) {
            case 0 -> OptionalLong.empty();
            case 1 -> OptionalLong.of(eight());
            default -> throw new IllegalArgumentException("whether a number follows is 0 or 1, not " + flag);
        };
    }

    /** A number of things of at least a byte each. */
    public int count() {
        int count = four();
        if (count < 0 || count > buffer.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + count + " with " + buffer.remaining() + " bytes left, of " + source.length());
        }
        return count;
    }

    public String text() {
        int length = count();
        ByteBuffer utf8 = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text that is not UTF-8, before byte " + buffer.position(), e);
        }
    }

    public <E extends Enum<E>> E word(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    /** So many of the bytes to come, which share the array of the source. */
    public Bytes bytes(int length) {
        need(length);
        int start = buffer.position();
        buffer.position(start + length);
        return source.slice(start, start + length);
    }

    public Bytes rest() {
        return bytes(buffer.remaining());
    }

    public void end() {
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException(
                    "traffic ends at byte " + buffer.position() + ", not " + source.length());
        }
    }

    private void need(int bytes) {
        if (buffer.remaining() < bytes) {
            throw new IllegalArgumentException("traffic is cut short at byte " + source.length());
        }
    }
}
