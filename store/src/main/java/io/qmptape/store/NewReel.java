package io.qmptape.store;

import io.qmptape.store.files.FileMutex;
import java.nio.file.Path;

/**
 * A reel that was just made. Writer and lock are the caller's to close; {@link TapeWriter} does both.
 *
 * @param directory where it is, which is not the place of its name while it is a draft
 * @param lock tells others that it is being written
 */
public record NewReel(String name, Path directory, ReelWriter writer, FileMutex lock) {}
