package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.Seal.Replaced;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/** Appends records to a reel of its own, with checksum and hash chain, and seals it in the end. Owns the reel; one thread. */
public final class TapeWriter implements AutoCloseable {
    private final Tape tape;
    private final NewReel reel;
    private final ReelContents contents = new ReelContents();
    private long lastArrivalMillis;
    private long bytes;
    private boolean isClosed;

    public TapeWriter(Tape tape) {
        this(tape, tape.newReel());
        // arrival is the order of sessions, also where the clock was set back
        lastArrivalMillis =
                ReelName.parse(reel.name()).began().map(Instant::toEpochMilli).orElse(0L);
    }

    private TapeWriter(Tape tape, NewReel reel) {
        this.tape = tape;
        this.reel = reel;
    }

    /** Writes a reel's next generation, which readers see when {@link #replace} has closed it. */
    public static TapeWriter anew(Tape tape, String reel) {
        return new TapeWriter(tape, tape.reels().beginDraft(reel));
    }

    /** Writes a reel that readers see when it is closed, and not before. */
    static TapeWriter aside(Tape tape) {
        return new TapeWriter(tape, tape.newReelAside());
    }

    public String reel() {
        return reel.name();
    }

    /** Whether it is still where it was made: a reel that was deleted takes what is written without a word. */
    public boolean isInPlace() {
        return Files.isDirectory(reel.directory());
    }

    /** Whether somebody who cares for the tape waits for its end. */
    public boolean isEndRequested() {
        return tape.reels().isEndRequested(reel.name());
    }

    /** What it holds so far. */
    public ReelContents contents() {
        return contents;
    }

    /**
     * What is really on the reel, read from its files: a fault of mapped memory comes to light behind the write that it took,
     * and perhaps behind the next one.
     *
     * @throws java.io.UncheckedIOException if the reel cannot be read
     */
    public ReelContents reread() {
        ReelContents found = new ReelContents();
        tape.reels().scan(reel.name(), new Counting(found));
        return found;
    }

    /** Of all records so far. */
    public long bytes() {
        return bytes;
    }

    /**
     * @param arrivedAtMillis the time of day, milliseconds since 1970; that of the record before if it is earlier
     * @throws java.io.UncheckedIOException if the record is not known to be on the tape; the reel is finished then
     */
    public void append(SessionRecord record, long arrivedAtMillis) {
        long arrival = Math.max(arrivedAtMillis, lastArrivalMillis);
        Bytes head = record instanceof SessionRecord.Closed ? contents.head(record.session()) : Bytes.EMPTY;
        Bytes encoded = RecordCodec.encode(record, arrival, head);
        contents.add(encoded, record, arrival);
        reel.writer().append(encoded);
        lastArrivalMillis = arrival;
        bytes += encoded.length();
    }

    /** Returns when all that was appended would outlive a power cut. */
    public void sync() {
        reel.writer().sync();
    }

    /** The head of a session's hash chain after its last record on this reel. */
    public Bytes chainHead(SessionId session) {
        return contents.head(session);
    }

    /** @throws java.io.UncheckedIOException if it cannot be sealed; what cares for the tape will do that later */
    @Override
    public void close() {
        close(Optional.empty());
    }

    /** Seals a reel that was written anew and puts it in the place of the old one. */
    public void replace(Replaced old) {
        close(Optional.of(old));
    }

    /** Leaves a reel as it is, for whoever cares for the tape. */
    public void abandon() {
        if (!isClosed) {
            leave(() -> {});
        }
    }

    /** Throws the reel away: for one that nobody has read yet, or that holds only what stands elsewhere too. */
    public void discard() {
        if (isClosed) {
            delete();
        } else {
            // with its lock: else whoever cares for the tape could seal it in the middle
            leave(this::delete);
        }
    }

    private void leave(Runnable last) {
        isClosed = true;
        try {
            try {
                reel.writer().close();
            } finally {
                last.run();
            }
        } finally {
            reel.lock().closeAndDelete();
        }
    }

    private void delete() {
        try {
            PrivateFiles.deleteTree(reel.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + reel.directory() + ": " + Reason.of(e), e);
        }
    }

    private void close(Optional<Replaced> replaced) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (replaced.isPresent()) {
                // a power cut must not find the old reel gone and the new one not there yet
                sync();
            }
            reel.writer().close();
            tape.finish(reel, contents, replaced);
        } finally {
            reel.lock().closeAndDelete();
        }
    }
}
