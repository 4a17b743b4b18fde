package io.qmptape.store;

import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Sees to it that what is written to a tape does not fill its disk: reels are mapped files, and a full disk under these kills.
 * What a file system says is free may not be free for this process: a quota shows only when something is written. So
 * something is, now and then, and taken back. One thread.
 */
public final class Room {
    private static final long CHECK_EVERY_BYTES = 1 << 20;
    private static final long TRIED_BYTES = 2 * CHECK_EVERY_BYTES;
    /** Where little is written, trying out would cost more than that. */
    private static final long TRY_EVERY_NANOS = 1_000_000_000;

    private static final long FREE_BYTES = 64L << 20;
    private static final long FREE_FOR_FEW_BYTES = 4L << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 18).asReadOnlyBuffer();

    private final Tape tape;
    private final long freeBytes;
    private long unchecked;
    private long triedAtNanos = System.nanoTime() - TRY_EVERY_NANOS;

    private Room(Tape tape, long freeBytes) {
        this.tape = tape;
        this.freeBytes = freeBytes;
    }

    /** @throws UncheckedIOException if there is none now */
    public static Room forMuch(Tape tape) {
        return required(new Room(tape, FREE_BYTES));
    }

    /** As {@link #forMuch}, for a reel of a few records. */
    public static Room forFew(Tape tape) {
        return required(new Room(tape, FREE_FOR_FEW_BYTES));
    }

    /** So many bytes are to stay free. Checks nothing yet. */
    public static Room leaving(long freeBytes, Tape tape) {
        return new Room(tape, freeBytes);
    }

    private static Room required(Room room) {
        room.require();
        return room;
    }

    /** @throws UncheckedIOException if there is none for these bytes */
    public void take(long bytes) {
        if (isDue(bytes)) {
            require();
        }
    }

    /** Whether it is time to look, with so many bytes more. */
    public boolean isDue(long bytes) {
        unchecked += bytes;
        return unchecked > CHECK_EVERY_BYTES;
    }

    /** @throws UncheckedIOException if there is too little, or the tape cannot be written at all */
    public void require() {
        long wanted = wanted();
        try {
            // a file system that turned read-only would take what is written to its mapped files, and lose it
            if (!Files.isWritable(tape.directory())) {
                throw new IOException("it cannot be written any more");
            }
            long free = Files.getFileStore(tape.directory()).getUsableSpace();
            if (free < freeBytes) {
                throw new IOException("only " + free + " bytes are free, " + freeBytes + " must stay so");
            }
            tryOut(wanted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the tape " + tape.directory() + ": " + Reason.of(e), e);
        }
    }

    /** A byte at least: a disk that turned read-only does not take that either. */
    private long wanted() {
        long now = System.nanoTime();
        if (unchecked <= CHECK_EVERY_BYTES && now - triedAtNanos < TRY_EVERY_NANOS) {
            return 1;
        }
        long wanted = unchecked + TRIED_BYTES;
        triedAtNanos = now;
        unchecked = 0;
        return wanted;
    }

    private void tryOut(long bytes) throws IOException {
        Path file = tape.reels().path(UUID.randomUUID() + ".room");
        try (FileChannel scratch = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            for (long at = 0; at < bytes; at += ZEROS.capacity()) {
                scratch.write(ZEROS.duplicate().limit((int) Math.min(bytes - at, ZEROS.capacity())), at);
            }
        }
    }
}
