package io.qmptape.samples.cost;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Validator;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Packing;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.store.recorder.Judging;
import io.qmptape.store.recorder.Recorder;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A tape of its own in a fresh directory and a recorder that writes it. Sends no faster than is written. Owns both. */
final class Recorded implements AutoCloseable {
    /** Well within the recorder's queue. */
    private static final long AHEAD = 20_000;

    private static final long PAUSE_NANOS = 100_000;

    private final Path directory;
    private final CountingReels reels = new CountingReels(new ChronicleReels());
    private final Tape tape;
    private final Recorder recorder;
    private final Talk talk = new Talk();
    private boolean isClosed;

    /** @param isBare whether the recorder neither judges nor masks */
    Recorded(boolean isBare, RecorderOptions options) throws IOException {
        this.directory = Files.createTempDirectory("qmptape-cost");
        this.tape = new Tape(directory, reels);
        SystemClock clock = new SystemClock();
        Recorder.Means means = isBare
                ? new Recorder.Means(Judging.none(), Redaction.none(), clock, options)
                : new Recorder.Means(judging(), redaction(), clock, options);
        this.recorder = new Recorder(tape, means);
        recorder.start();
        talk.openings().forEach(recorder::seen);
    }

    static Judging judging() {
        Catalog catalog = Catalog.bundled();
        return new Judging(catalog.id(), () -> new Validator(catalog)::judge);
    }

    static Redaction redaction() {
        return Redaction.with(RedactionKey.random());
    }

    Tape tape() {
        return tape;
    }

    Talk talk() {
        return talk;
    }

    /** Returns when all of them are on the tape. */
    void send(int messages) {
        for (int i = 0; i < messages; i++) {
            awaitWritten(talk.sent() - AHEAD);
            recorder.seen(talk.next());
        }
        awaitWritten(talk.sent());
    }

    /** Seals the tape. */
    void finish() {
        if (!isClosed) {
            isClosed = true;
            talk.closings().forEach(recorder::seen);
            recorder.close();
        }
    }

    /** All that is sealed. */
    static void pack(Tape tape) {
        Packing packing = new Packing(tape);
        for (String reel : packing.due(Duration.ZERO, Instant.now())) {
            if (packing.pack(reel).isEmpty()) {
                throw new IllegalStateException("the reel " + reel + " was not packed");
            }
        }
    }

    /** What was left out must not count as written. */
    void requireAll() {
        if (reels.gaps() > 0 || reels.frames() != talk.sent()) {
            throw new IllegalStateException(talk.sent() + " messages were sent and " + reels.frames()
                    + " are on the tape, with " + reels.gaps() + " gaps");
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        PrivateFiles.deleteTree(directory);
    }

    private void awaitWritten(long count) {
        while (reels.frames() < count) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (recorder.isFailing()) {
                throw new IllegalStateException("the tape cannot be written; is the disk full?");
            }
        }
    }
}
