package io.qmptape.store.chronicle;

import io.qmptape.store.files.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.queue.impl.StoreFileListener;
import org.jspecify.annotations.Nullable;

/** The file that a queue is writing: kept private from its first moment, and forced to the disk. The writer's thread only. */
final class ReelFile implements StoreFileListener, AutoCloseable {
    private @Nullable Path path;
    private @Nullable FileChannel channel;

    @Override
    public void onAcquired(int cycle, File file) {
        try {
            if (!file.toPath().equals(path)) {
                close();
                path = file.toPath();
                PrivateFiles.keepPrivate(file.toPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file + " private", e);
        }
    }

    @Override
    public void onReleased(int cycle, File file) {}

    /** What was written through the mapping goes to the disk with it: on Linux both are the same pages. */
    void force() throws IOException {
        if (path != null) {
            if (channel == null) {
                channel = FileChannel.open(path, StandardOpenOption.WRITE);
            }
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
