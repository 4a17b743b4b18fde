package io.qmptape.store.foreign;

import io.qmptape.store.TapeException;
import io.qmptape.store.files.Reason;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A file that is read more than once, plain or packed by gzip. Each reading ends where the file ended when it was first
 * looked at: a log may grow meanwhile.
 */
final class ForeignFile {
    /** A log may begin with a lot that is no QMP. */
    private static final int HEAD_BYTES = 1 << 20;

    private static final int GZIP = 0x1f8b;

    private final Path path;
    private final long size;

    /** @throws TapeException if there is no such file, or it can be read once only */
    ForeignFile(Path path) {
        this.path = path;
        if (!Files.exists(path)) {
            throw new TapeException("there is no file " + path);
        } else if (!Files.isRegularFile(path)) {
            throw new TapeException("cannot import " + path + ": it is no file that can be read twice; save it first"
                    + " (a transcript needs no more than --format transcript)");
        }
        try {
            this.size = Files.size(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** @throws UncheckedIOException if it cannot be read */
    String head() {
        try (InputStream in = open(read -> {})) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** @param progress hears how many bytes of the file were read, now and then */
    InputStream open(LongConsumer progress) throws IOException {
        InputStream counted = new BufferedInputStream(new Counted(Files.newInputStream(path), size, progress), 1 << 16);
        counted.mark(2);
        int magic = counted.read() << 8 | counted.read();
        counted.reset();
        return magic == GZIP ? new GZIPInputStream(counted, 1 << 16) : counted;
    }

    UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot read " + path + ": " + Reason.of(e), e);
    }

    /** Counts what is read, and ends at a size. */
    private static final class Counted extends FilterInputStream {
        private final long size;
        private final LongConsumer progress;
        private long done;

        Counted(InputStream in, long size, LongConsumer progress) {
            super(in);
            this.size = size;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = done >= size ? -1 : in.read(target, offset, (int) Math.min(length, size - done));
            if (read > 0) {
                done += read;
                progress.accept(done);
            }
            return read;
        }
    }
}
