package io.qmptape.samples.cost;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelReader;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelWriter;
import io.qmptape.store.Reels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Real reels that count what comes onto them: whoever sends can wait for it, and see whether anything is missing. */
final class CountingReels implements Reels {
    /** Types of records, as {@code store/README.md} has them. */
    private static final byte FRAME = 2;

    private static final byte GAP = 4;

    private final Reels reels;
    /** Counted by the one thread that writes. */
    private final AtomicLong frames = new AtomicLong();

    private final AtomicLong gaps = new AtomicLong();

    CountingReels(Reels reels) {
        this.reels = reels;
    }

    long frames() {
        return frames.get();
    }

    long gaps() {
        return gaps.get();
    }

    @Override
    public ReelWriter create(Path directory) {
        ReelWriter writer = reels.create(directory);
        return new ReelWriter() {
            @Override
            public void append(Bytes record) {
                writer.append(record);
                switch (record.at(1)) {
                    case FRAME -> frames.lazySet(frames.get() + 1);
                    case GAP -> gaps.lazySet(gaps.get() + 1);
                    default -> {}
                }
            }

            @Override
            public void sync() {
                writer.sync();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public Optional<ReelReader> open(Path directory) {
        return reels.open(directory);
    }

    @Override
    public void scan(Path directory, ReelScan sink) {
        reels.scan(directory, sink);
    }
}
