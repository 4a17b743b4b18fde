package io.qmptape.store;

import java.nio.file.Path;
import java.util.Optional;

/** Where reels come from. The port behind which Chronicle Queue stands. */
public interface Reels {
    /**
     * Makes a reel in a directory that does not exist yet. Its one writer belongs to the thread that appends first.
     *
     * @throws java.io.UncheckedIOException if the directory cannot be made or written
     */
    ReelWriter create(Path directory);

    /**
     * Does what is slow the first time, leaving nothing behind. What a library sets up on first use it may not be able to
     * set up any more while the process is ending, and a first session can be as short as that.
     *
     * @throws java.io.UncheckedIOException if reels cannot be made at all
     */
    default void warmUp() {}

    /**
     * Opens a reel for reading, whether or not somebody writes it, in this process or another. Empty while its writer has
     * not begun it, which is for ever if the writer died that early.
     */
    Optional<ReelReader> open(Path directory);

    /**
     * Reads all that the files of a reel hold, whatever state they are in. Not for a reel that is being written.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    void scan(Path directory, ReelScan sink);
}
