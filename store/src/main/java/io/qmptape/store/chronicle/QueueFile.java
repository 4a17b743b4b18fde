package io.qmptape.store.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file read through a window that moves along. */
final class QueueFile implements AutoCloseable {
    private static final int WINDOW = 1 << 20;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    private long beginsAt;

    QueueFile(Path path) throws IOException {
        this.channel = FileChannel.open(path);
        this.size = channel.size();
        window.limit(0);
    }

    /** When it was opened. */
    long size() {
        return size;
    }

    /** Little-endian. */
    int word(long at) throws IOException {
        return window.getInt(move(at, Integer.BYTES));
    }

    byte[] octets(long at, int length) throws IOException {
        byte[] octets = new byte[length];
        window.get(move(at, length), octets);
        return octets;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Where in the window it is then. */
    private int move(long at, int length) throws IOException {
        if (at < beginsAt || at + length > beginsAt + window.limit()) {
            beginsAt = at;
            window.clear();
            while (window.hasRemaining() && channel.read(window, beginsAt + window.position()) >= 0) {
                continue;
            }
            window.flip();
            if (window.limit() < length) {
                throw new IOException("the file was cut while it was read");
            }
        }
        return (int) (at - beginsAt);
    }
}
