package io.qmptape.store.chronicle;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelReader;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.Reels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * Reels as Chronicle Queues with blocks of 1 MiB: 20 KiB real for an empty one, instead of the default's 80 MiB apparent.
 * A block bounds what one entry can hold, so longer records are cut into parts ({@link Parts}).
 */
public final class ChronicleReels implements Reels {
    static final int BLOCK_BYTES = 1 << 20;
    private static final String METADATA = "metadata.cq4t";
    static final RollCycle ROLL_CYCLE = LegacyRollCycles.DAILY;

    static {
        // Chronicle reports its use over the network unless told not to, and prints a banner.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // Registers Chronicle's shutdown hook now: a first reel that is made while the JVM ends would find it too late.
        BackgroundResourceReleaser.releasePendingResources();
    }

    @Override
    public ReelWriter create(Path directory) {
        try {
            PrivateFiles.makeDirectory(directory);
            ReelFile file = new ReelFile();
            ChronicleWriter writer = new ChronicleWriter(
                    builder(directory).storeFileListener(file).build(), file);
            PrivateFiles.keepPrivate(directory.resolve(METADATA));
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the reel " + directory + ": " + Reason.of(e), e);
        }
    }

    @Override
    public void warmUp() {
        try {
            Path scratch = Files.createTempDirectory("qmptape-reel");
            try (ReelWriter writer = create(scratch)) {
                writer.append(Bytes.utf8("warm"));
            } finally {
                PrivateFiles.deleteTree(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot try a reel in the directory for temporary files: " + Reason.of(e), e);
        }
    }

    @Override
    public Optional<ReelReader> open(Path directory) {
        return queueFiles(directory).isEmpty()
                ? Optional.empty()
                : Optional.of(new QueueReader(() -> queueFiles(directory)));
    }

    @Override
    public void scan(Path directory, ReelScan sink) {
        try {
            for (Path file : queueFiles(directory)) {
                QueueScan.read(file, sink);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the reel " + directory + ": " + Reason.of(e), e);
        }
    }

    /** Named by their days, so in the order of their writing. */
    private static List<Path> queueFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SingleChronicleQueue.SUFFIX))
                    // a link would lead out of the reel, and a pipe would never end
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the reel " + directory + ": " + Reason.of(e), e);
        }
    }

    private static SingleChronicleQueueBuilder builder(Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .blockSize(BLOCK_BYTES)
                .rollCycle(ROLL_CYCLE);
    }
}
