package io.qmptape.store.packing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** A file as it was written, or is being written. */
record PlainBytes(FileChannel channel) implements ReelBytes {
    @Override
    public boolean isPacked() {
        return false;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        return channel.read(into, at);
    }

    @Override
    public List<Damage> damages() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
