package io.qmptape.store;

import io.qmptape.store.SessionRecord.FrameRecorded;
import java.io.UncheckedIOException;

/**
 * Brings sessions from elsewhere onto a tape, in a reel of their own that comes there as a whole or not at all: whatever
 * ends it before {@link #complete}, a full disk or the process's death, no reader ever sees a part. Owns the reel; one
 * thread.
 */
public final class Intake implements AutoCloseable {
    private final Room room;
    private final TapeWriter writer;
    private boolean isComplete;

    /** @throws UncheckedIOException if the tape cannot be written */
    public Intake(Tape tape) {
        tape.create();
        this.room = Room.forMuch(tape);
        this.writer = TapeWriter.aside(tape);
    }

    /** @throws UncheckedIOException if the record cannot be written, or too little space is left */
    public void append(SessionRecord record) {
        room.take(record instanceof FrameRecorded frame ? frame.frame().bytes().length() : 0);
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
}
