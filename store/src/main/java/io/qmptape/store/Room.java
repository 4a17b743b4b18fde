package io.qmptape.store;

import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * Sees to it that what is written to a tape does not fill its disk: reels are mapped files, and a full disk under these kills.
 * One thread.
 */
public final class Room {
    private static final long CHECK_EVERY_BYTES = 1 << 20;
    private static final long FREE_BYTES = 64L << 20;
    private static final long FREE_FOR_FEW_BYTES = 4L << 20;

    private final Tape tape;
    private final long freeBytes;
    private long unchecked;

    private Room(Tape tape, long freeBytes) {
        this.tape = tape;
        this.freeBytes = freeBytes;
        require();
    }

    /** @throws UncheckedIOException if there is none now */
    public static Room forMuch(Tape tape) {
        return new Room(tape, FREE_BYTES);
    }

    /** As {@link #forMuch}, for a reel of a few records. */
    public static Room forFew(Tape tape) {
        return new Room(tape, FREE_FOR_FEW_BYTES);
    }

    /** @throws UncheckedIOException if there is none for these bytes */
    public void take(long bytes) {
        unchecked += bytes;
        if (unchecked > CHECK_EVERY_BYTES) {
            unchecked = 0;
            require();
        }
    }

    private void require() {
        try {
            long free = Files.getFileStore(tape.directory()).getUsableSpace();
            if (free < freeBytes) {
                throw new IOException("only " + free + " bytes are free, " + freeBytes + " must stay so");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the tape " + tape.directory() + ": " + Reason.of(e), e);
        }
    }
}
