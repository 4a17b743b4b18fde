package io.qmptape.store.chronicle;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/** Appends to one queue. Owns it. */
final class ChronicleWriter implements ReelWriter {
    private final SingleChronicleQueue queue;
    private final ReelFile file;
    private @Nullable ExcerptAppender appender;

    ChronicleWriter(SingleChronicleQueue queue, ReelFile file) {
        this.queue = queue;
        this.file = file;
    }

    @Override
    public void append(Bytes record) {
        try {
            for (int at = 0; at < record.length() || at == 0; at += Parts.MAX_PART_BYTES) {
                int end = Math.min(record.length(), at + Parts.MAX_PART_BYTES);
                write(Parts.of(at == 0, end == record.length()), record.slice(at, end));
            }
        } catch (RuntimeException | InternalError e) {
            // Chronicle tells of a full or failing disk by many types, InternalError among them.
            throw new UncheckedIOException("the reel cannot be written: " + e, new IOException(e));
        }
    }

    @Override
    public void sync() {
        try {
            file.force();
        } catch (IOException e) {
            throw new UncheckedIOException("the reel cannot be forced to the disk: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (file) {
            if (appender != null) {
                appender.close();
            }
            queue.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Parts part, Bytes octets) {
        try (DocumentContext document = appender().writingDocument()) {
            var bytes = document.wire().bytes();
            bytes.writeByte(part.code());
            octets.into(bytes::write);
        }
    }

    /** Made by the thread that appends first: Chronicle binds it to that thread. */
    private ExcerptAppender appender() {
        ExcerptAppender made = appender;
        if (made == null) {
            made = queue.createAppender();
            appender = made;
        }
        return made;
    }
}
