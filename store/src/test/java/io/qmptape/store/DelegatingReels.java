package io.qmptape.store;

import io.qmptape.store.chronicle.ChronicleReels;
import java.nio.file.Path;
import java.util.Optional;

/** Real reels, for tests that change one thing about them. */
public class DelegatingReels implements Reels {
    private final Reels reels = new ChronicleReels();

    @Override
    public ReelWriter create(Path directory) {
        return reels.create(directory);
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
