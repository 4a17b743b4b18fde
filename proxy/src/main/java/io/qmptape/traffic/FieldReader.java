package io.qmptape.traffic;

import io.qmptape.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads the fields of {@link TrafficCodec}'s layout; every deviation is an {@link IllegalArgumentException}. */
final class FieldReader {
    private final Bytes source;
    private final ByteBuffer buffer;

    FieldReader(Bytes source) {
        this.source = source;
        this.buffer = source.asReadOnlyBuffer();
    }

    int one() {
        need(1);
        return buffer.get();
    }

    int four() {
        need(Integer.BYTES);
        return buffer.getInt();
    }

    long eight() {
        need(Long.BYTES);
        return buffer.getLong();
    }

    UUID uuid() {
        return new UUID(eight(), eight());
    }

    OptionalLong maybe() {
        int flag = one();
        return switch (flag) {
            case 0 -> OptionalLong.empty();
            case 1 -> OptionalLong.of(eight());
            default -> throw new IllegalArgumentException("whether a number follows is 0 or 1, not " + flag);
        };
    }

    /** A number of things of at least a byte each. */
    int count() {
        int count = four();
        if (count < 0 || count > buffer.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + count + " with " + buffer.remaining() + " bytes left, of " + source.length());
        }
        return count;
    }

    String text() {
        int length = count();
        ByteBuffer utf8 = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text that is not UTF-8, before byte " + buffer.position(), e);
        }
    }

    <E extends Enum<E>> E word(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    Bytes rest() {
        int start = buffer.position();
        buffer.position(buffer.limit());
        return source.from(start);
    }

    void end() {
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
