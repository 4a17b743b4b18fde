package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a reel, which it makes for the first of them; when that fails, counts what it cannot write, and goes
 * on with a new reel as soon as there is one to be had. One thread.
 *
 * <pre>
 *   NEW --first record--> WRITING --append fails, or too little space--> FAILED --retry is due and a reel can be made--> WRITING
 *                                                            (continuation and gap of each session first)
 * </pre>
 */
final class TapeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapeFeed.class);
    private static final int CHECK_SPACE_EVERY_BYTES = 1 << 20;
    /** Others fill the disk too. */
    private static final long CHECK_SPACE_EVERY_NANOS = 50_000_000;

    private static final String REASON = "tape failed";

    private final Tape tape;
    private final Clock clock;
    private final RecorderOptions options;
    private final Map<SessionId, Progress> sessions = new LinkedHashMap<>();
    private @Nullable TapeWriter writer;
    private String lastReel = "";
    private boolean hasFailed;
    private long failedAtNanos;
    private long unchecked;
    private long checkedAtNanos;

    TapeFeed(Tape tape, Clock clock, RecorderOptions options) {
        this.tape = tape;
        this.clock = clock;
        this.options = options;
    }

    void append(SessionRecord record) {
        TapeWriter open = writer != null ? writer : reopened();
        if (record instanceof Opened opened) {
            sessions.put(opened.session(), new Progress(opened));
        }
        Progress progress = sessions.get(record.session());
        if (progress == null) {
            return;
        }
        progress.passed(record);
        if (open == null || !write(open, progress, record)) {
            progress.lost(record);
        }
        if (record instanceof Closed && progress.isWritten()) {
            sessions.remove(record.session());
        }
    }

    @Override
    public void close() {
        if (writer == null && !sessions.isEmpty()) {
            // the last chance to say what is missing does not wait for the next retry
            failedAtNanos = clock.nanos() - options.retry().toNanos();
            reopened();
        }
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private boolean write(TapeWriter open, Progress progress, SessionRecord record) {
        try {
            requireSpace(record);
            open.append(record, now());
            progress.head = open.chainHead(record.session());
            return true;
        } catch (UncheckedIOException | InternalError e) {
            fail(open, e);
            return false;
        }
    }

    private void requireSpace(SessionRecord record) {
        unchecked +=
                record instanceof FrameRecorded frame ? frame.frame().bytes().length() : 64;
        long since = clock.nanos() - checkedAtNanos;
        if (unchecked >= CHECK_SPACE_EVERY_BYTES || since >= CHECK_SPACE_EVERY_NANOS || record instanceof Opened) {
            unchecked = 0;
            checkedAtNanos += since;
            requireSpace();
        }
    }

    private void requireSpace() {
        try {
            long free = Files.getFileStore(tape.directory()).getUsableSpace();
            if (free < options.freeBytes()) {
                throw new IOException("only " + free + " bytes are free, " + options.freeBytes() + " must stay so");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fault of the mapped memory, which can come to light long after the write: the reel is not to be trusted. */
    void broke(InternalError fault) {
        if (writer != null) {
            fail(writer, fault);
        }
    }

    private void fail(TapeWriter open, Throwable cause) {
        writer = null;
        failed(cause);
        try {
            open.close();
        } catch (RuntimeException | InternalError e) {
            LOG.debug("The failed reel {} did not close cleanly", open.reel(), e);
        }
    }

    private void failed(Throwable cause) {
        if (!hasFailed) {
            LOG.error("The tape {} cannot be written; traffic goes on unrecorded", tape.directory(), cause);
        }
        hasFailed = true;
        failedAtNanos = clock.nanos();
    }

    private @Nullable TapeWriter reopened() {
        if (hasFailed && clock.nanos() - failedAtNanos < options.retry().toNanos()) {
            return null;
        }
        try {
            tape.create();
            requireSpace();
            TapeWriter made = new TapeWriter(tape);
            writer = made;
            new ArrayList<>(sessions.values()).forEach(progress -> goOn(made, progress));
            lastReel = made.reel();
            if (hasFailed) {
                LOG.warn("The tape {} is written again; what passed meanwhile is marked as a gap", tape.directory());
            }
            hasFailed = false;
        } catch (RuntimeException | InternalError e) {
            // Chronicle tells of a directory that it cannot use by many types.
            if (writer == null) {
                failed(e);
            } else {
                fail(writer, e);
            }
        }
        return writer;
    }

    private void goOn(TapeWriter made, Progress progress) {
        Opened opened = progress.opened;
        Bytes head = progress.head;
        made.append(new Continued(opened, clock.pair(), progress.nextSequence(), head, lastReel), now());
        progress.gaps.values().forEach(gap -> made.append(gap, now()));
        progress.gaps.clear();
        if (progress.closed != null) {
            made.append(progress.closed, now());
            sessions.remove(opened.session());
        }
    }

    private long now() {
        return clock.pair().wall().toEpochMilli();
    }

    /** What passed of a session, and what of it is not on the tape. */
    private static final class Progress {
        private final Opened opened;
        private final Map<Direction, Long> position = new EnumMap<>(Direction.class);
        private final Map<Direction, Gap> gaps = new EnumMap<>(Direction.class);
        private Bytes head = Bytes.EMPTY;
        private long sequence;
        private @Nullable Closed closed;

        Progress(Opened opened) {
            this.opened = opened;
        }

        void passed(SessionRecord record) {
            if (record instanceof FrameRecorded frame) {
                sequence = frame.sequence();
                position.merge(
                        frame.frame().direction(), (long) frame.frame().bytes().length(), Long::sum);
            }
        }

        void lost(SessionRecord record) {
            if (record instanceof FrameRecorded frame) {
                long length = frame.frame().bytes().length();
                Direction direction = frame.frame().direction();
                long from = position.getOrDefault(direction, 0L) - length;
                long began = frame.frame().beganAtNanos();
                Gap gap = new Gap(opened.session(), direction, from, length, began, frame.atNanos(), REASON);
                gaps.merge(direction, gap, Progress::longer);
            } else if (record instanceof Closed end) {
                closed = end;
            }
        }

        boolean isWritten() {
            return closed == null;
        }

        /** Of the frame to come. Frames keep their numbers: those that were lost are missing. */
        long nextSequence() {
            return sequence + 1;
        }

        private static Gap longer(Gap one, Gap next) {
            return new Gap(
                    one.session(),
                    one.direction(),
                    one.firstByte(),
                    one.bytes() + next.bytes(),
                    one.fromNanos(),
                    next.atNanos(),
                    one.reason());
        }
    }

    /** Sessions that are open now. */
    List<SessionId> open() {
        return List.copyOf(sessions.keySet());
    }

    void clockRead(ClockPair pair) {
        open().forEach(session -> append(new SessionRecord.ClockRead(session, pair)));
    }
}
