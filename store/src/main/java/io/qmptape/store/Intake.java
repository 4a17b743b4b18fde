package io.qmptape.store;

import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * Brings sessions from elsewhere onto a tape, in a reel of their own that comes there as a whole or not at all: whatever
 * ends it before {@link #complete}, a full disk or the process's death, no reader ever sees a part. Owns the reel; one
 * thread.
 */
public final class Intake implements AutoCloseable {
    /** Chronicle maps its files, and a full disk kills. */
    private static final long FREE_BYTES = 64L << 20;

    private static final long CHECK_EVERY_BYTES = 1 << 20;

    private final Tape tape;
    private final TapeWriter writer;
    private long unchecked;
    private boolean isComplete;

    /** @throws UncheckedIOException if the tape cannot be written */
    public Intake(Tape tape) {
        this.tape = tape;
        tape.create();
        requireSpace();
        this.writer = TapeWriter.aside(tape);
    }

    /** @throws UncheckedIOException if the record cannot be written, or too little space is left */
    public void append(SessionRecord record) {
        unchecked +=
                record instanceof FrameRecorded frame ? frame.frame().bytes().length() : 0;
        if (unchecked > CHECK_EVERY_BYTES) {
            unchecked = 0;
            requireSpace();
        }
        writer.append(record, System.currentTimeMillis());
    }

    /** All is appended: from now on it is on the tape. */
    public void complete() {
        writer.close();
        isComplete = true;
    }

    @Override
    public void close() {
        if (!isComplete) {
            writer.discard();
        }
    }

    private void requireSpace() {
        try {
            long free = Files.getFileStore(tape.directory()).getUsableSpace();
            if (free < FREE_BYTES) {
                throw new IOException("only " + free + " bytes are free, " + FREE_BYTES + " must stay so");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the tape " + tape.directory() + ": " + Reason.of(e), e);
        }
    }
}
