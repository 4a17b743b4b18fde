package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a text, one after the other, with their numbers. Holds no more than two. One thread. */
final class Lines {
    /** More than the largest message that QEMU takes, in base64. */
    static final int MAX_BYTES = 100 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long number;
    private @Nullable Line ahead;

    /** @param in the caller's to close */
    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * @param bytes without the line feed
     * @param isCut whether there was more of it than {@value Lines#MAX_BYTES} bytes
     * @param hasEnd whether a line feed followed
     */
    record Line(long number, Bytes bytes, boolean isCut, boolean hasEnd) {
        /** An octet a character, so that places in the text are places in the bytes. */
        String text() {
            return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
        }

        boolean isBlank() {
            return text().isBlank();
        }
    }

    /** What is done with a line; it may take more of them. */
    @FunctionalInterface
    interface Sink {
        void accept(Line line) throws IOException;
    }

    /** Hands on all lines that are left. */
    void each(Sink sink) throws IOException {
        for (Optional<Line> line = next(); line.isPresent(); line = next()) {
            sink.accept(line.get());
        }
    }

    Optional<Line> next() throws IOException {
        Line line = ahead;
        ahead = null;
        return line != null ? Optional.of(line) : read();
    }

    /** The line that {@link #next} will give. */
    Optional<Line> peek() throws IOException {
        if (ahead == null) {
            ahead = read().orElse(null);
        }
        return Optional.ofNullable(ahead);
    }

    private Optional<Line> read() throws IOException {
        if (!fill()) {
            return Optional.empty();
        }
        ByteArrayOutputStream collected = new ByteArrayOutputStream(256);
        long length = 0;
        boolean hasEnd = false;
        while (!hasEnd && fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int kept = (int) Math.max(0, Math.min(end - position, MAX_BYTES - length));
            collected.write(buffer, position, kept);
            length += end - position;
            hasEnd = end < limit;
            position = hasEnd ? end + 1 : end;
        }
        number++;
        return Optional.of(new Line(number, Bytes.lend(collected.toByteArray()), length > MAX_BYTES, hasEnd));
    }

    /** Whether there are octets to be had. */
    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }
}
