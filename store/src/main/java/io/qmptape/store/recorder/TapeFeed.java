package io.qmptape.store.recorder;

import io.qmptape.handover.Receipt;
import io.qmptape.handover.Standing;
import io.qmptape.store.ReelContents;
import io.qmptape.store.Room;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a reel, which it makes for the first of them, and to the next one when that is full, a day is over, or
 * somebody who cares for the tape waits for its end; when it fails, counts what it cannot write, and goes on with a new reel as soon as there is one to be had. One thread.
 *
 * <pre>
 *   NEW --first record--> WRITING --append fails, or too little space--> FAILED --retry is due and a reel can be made--> WRITING
 *                           |  ^                              (continuation and gap of each session first)
 *                           +--+ full, another day, or its end is asked for: the next reel takes the continuations, then the
 *                                old one is sealed; with no session to go on with, the next reel waits for the next session
 * </pre>
 */
final class TapeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapeFeed.class);
    /** Others fill the disk too. */
    private static final long CHECK_EVERY_NANOS = 50_000_000;

    private static final long DAY_MILLIS = 86_400_000;

    private final Tape tape;
    private final Clock clock;
    private final RecorderOptions options;
    private final Counts counts;
    private final Room room;
    private final Map<SessionId, SessionProgress> sessions = new LinkedHashMap<>();
    private final FailedReels failedReels = new FailedReels();
    private @Nullable TapeWriter writer;
    private long reelDay;
    private volatile boolean hasFailed;
    private long failedAtNanos;
    private long checkedAtNanos;
    private long lookedAtNanos;
    private boolean isUnsynced;
    private long syncedAtNanos;

    TapeFeed(Tape tape, Clock clock, RecorderOptions options, Counts counts) {
        this.tape = tape;
        this.clock = clock;
        this.options = options;
        this.counts = counts;
        this.room = Room.leaving(options.freeBytes(), tape);
    }

    /** @param behind the place in the session behind the record */
    void append(SessionRecord record, Standing behind) {
        long now = now();
        TapeWriter open = writerFor(now);
        if (record instanceof Opened opened) {
            sessions.put(opened.session(), new SessionProgress(opened));
        }
        SessionProgress progress = sessions.get(record.session());
        if (progress == null) {
            return;
        }
        Standing before = progress.at();
        progress.passed(record, behind);
        if (open != null && write(open, record, now)) {
            progress.written(open, record, before);
        } else {
            progress.lost(record, before);
        }
        if (record instanceof Closed && !progress.isOver()) {
            sessions.remove(record.session());
        }
    }

    /** Does what is due although nothing comes. */
    void tick() {
        TapeWriter open = writer;
        if (open == null && hasFailed && !sessions.isEmpty()) {
            reopened();
        }
        if (open != null && isEndRequested(open)) {
            open = ended(open);
        }
        if (open == null || !isUnsynced || options.sync().isEmpty()) {
            return;
        }
        long since = clock.nanos() - syncedAtNanos;
        if (since >= options.sync().get().toNanos()) {
            try {
                sync(open);
            } catch (UncheckedIOException e) {
                fail(open, e);
            }
        }
    }

    /** Whether the tape cannot be written now. Safe for all threads. */
    boolean isFailing() {
        return hasFailed;
    }

    void clockRead(ClockPair pair) {
        for (SessionProgress progress : List.copyOf(sessions.values())) {
            append(new SessionRecord.ClockRead(progress.session(), pair), progress.at());
        }
    }

    /** Goes on with sessions of a recorder that died: the next reel begins with them. */
    void resume(List<SessionProgress> resumed) {
        resumed.forEach(progress -> sessions.put(progress.session(), progress));
        TapeWriter open = writer;
        if (open != null) {
            rolled(open);
        } else if (!resumed.isEmpty()) {
            reopened();
        }
    }

    /** What lies in front of a place was written by a recorder that died. */
    void known(SessionId session, Standing behind) {
        Optional.ofNullable(sessions.get(session)).ifPresent(progress -> progress.known(behind));
    }

    /** Empty for a session of which all is on the tape, its end too. */
    Optional<Receipt> receipt(Reached reached) {
        return Optional.ofNullable(sessions.get(reached.session())).map(progress -> progress.receipt(reached));
    }

    /** Takes no more of a session, and does not go on with it. */
    void drop(SessionId session) {
        sessions.remove(session);
    }

    boolean isOpen(SessionId session) {
        return sessions.containsKey(session);
    }

    /** A fault of the mapped memory, which can come to light long after the write: the reel is not to be trusted. */
    void broke(InternalError fault) {
        if (writer != null) {
            fail(writer, fault);
        }
    }

    @Override
    public void close() {
        if (writer == null && !sessions.isEmpty()) {
            // the last chance to say what is missing does not wait for the next retry
            failedAtNanos = clock.nanos() - options.retry().toNanos();
            reopened();
        }
        TapeWriter last = writer;
        writer = null;
        if (last != null) {
            seal(last);
        }
        failedReels.abandon();
    }

    private @Nullable TapeWriter writerFor(long now) {
        TapeWriter open = writer;
        if (open == null) {
            return reopened();
        }
        boolean isDue = open.bytes() >= options.reelBytes()
                || Math.floorDiv(now, DAY_MILLIS) != reelDay
                || isEndRequested(open);
        return isDue ? rolled(open) : open;
    }

    /** Looks not more often than it would be noticed. */
    private boolean isEndRequested(TapeWriter open) {
        long since = clock.nanos() - lookedAtNanos;
        if (since < CHECK_EVERY_NANOS) {
            return false;
        }
        lookedAtNanos += since;
        return open.isEndRequested();
    }

    private @Nullable TapeWriter ended(TapeWriter asked) {
        if (!sessions.isEmpty()) {
            return rolled(asked);
        }
        writer = null;
        seal(asked);
        return null;
    }

    /** Null if there is no next reel to be had. */
    private @Nullable TapeWriter rolled(TapeWriter full) {
        try {
            TapeWriter next = begin();
            seal(full);
            return next;
        } catch (RuntimeException | InternalError e) {
            fail(full, e);
            return null;
        }
    }

    /** @return whether it is on the reel, also if that has failed over it */
    private boolean write(TapeWriter open, SessionRecord record, long now) {
        try {
            check(record);
        } catch (UncheckedIOException e) {
            fail(open, e);
            return false;
        }
        try {
            open.append(record, now);
            if (options.sync().isPresent()) {
                isUnsynced = true;
                syncIfEach(open);
            }
        } catch (UncheckedIOException | InternalError e) {
            return fail(open, e)
                    .filter(there -> there.head(record.session()).equals(open.chainHead(record.session())))
                    .isPresent();
        }
        if (record instanceof Gap gap) {
            counts.marked(gap);
        }
        return true;
    }

    /** What a write that seemed to succeed has not left there is missing, and is to be told. */
    private Optional<ReelContents> reread(TapeWriter failed) {
        Optional<ReelContents> there = FailedReels.reread(failed);
        there.ifPresent(found -> sessions.values().forEach(progress -> progress.check(failed.reel(), found)));
        return there;
    }

    private void syncIfEach(TapeWriter open) {
        if (options.sync().filter(Duration::isZero).isPresent()) {
            sync(open);
        }
    }

    private void sync(TapeWriter open) {
        open.sync();
        isUnsynced = false;
        syncedAtNanos = clock.nanos();
    }

    /** Now and then: whether there is room, and whether the reel is still there. */
    private void check(SessionRecord record) {
        long bytes =
                record instanceof FrameRecorded frame ? frame.frame().bytes().length() : 64;
        long since = clock.nanos() - checkedAtNanos;
        if (room.isDue(bytes) || since >= CHECK_EVERY_NANOS || record instanceof Opened) {
            checkedAtNanos += since;
            requirePlace();
            room.require();
        }
    }

    private void requirePlace() {
        if (writer != null && !writer.isInPlace()) {
            sessions.values().forEach(SessionProgress::lostReel);
            throw new UncheckedIOException(
                    new IOException("the reel " + writer.reel() + " was removed while it was written"));
        }
    }

    /** @return what is on the reel, if that can be read */
    private Optional<ReelContents> fail(TapeWriter open, Throwable cause) {
        Optional<ReelContents> there = reread(open);
        writer = null;
        failedReels.add(open);
        failed(cause);
        return there;
    }

    private void failed(Throwable cause) {
        writer = null;
        if (!hasFailed) {
            LOG.error("The tape {} cannot be written", tape.directory(), cause);
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
            room.require();
            begin();
            if (hasFailed) {
                LOG.warn("The tape {} is written again; what passed meanwhile is marked as a gap", tape.directory());
            }
            hasFailed = false;
            failedReels.abandon();
        } catch (RuntimeException | InternalError e) {
            // Chronicle tells of a directory that it cannot use by many types.
            failed(e);
        }
        return writer;
    }

    /** The next reel, which all open sessions go on in. */
    private TapeWriter begin() {
        TapeWriter made = new TapeWriter(tape);
        try {
            sessions.values().forEach(progress -> goOn(made, progress));
            if (options.sync().isPresent() && !sessions.isEmpty()) {
                made.sync();
            }
            if (hasFailed) {
                requireWritten(made);
            }
        } catch (RuntimeException | InternalError e) {
            discard(made);
            throw e;
        }
        sessions.values().forEach(progress -> wentOn(made, progress));
        writer = made;
        reelDay = Math.floorDiv(now(), DAY_MILLIS);
        sessions.values().removeIf(SessionProgress::isOver);
        return made;
    }

    /** Where the disk was full it may be so still. */
    private void requireWritten(TapeWriter made) {
        ReelContents there = made.reread();
        if (!sessions.keySet().stream().allMatch(session -> there.head(session).equals(made.chainHead(session)))) {
            throw new UncheckedIOException(
                    new IOException("the reel " + made.reel() + " lacks what was written to it"));
        }
    }

    private void wentOn(TapeWriter made, SessionProgress progress) {
        progress.gaps().forEach(counts::marked);
        progress.wentOn(made);
    }

    private void goOn(TapeWriter made, SessionProgress progress) {
        long now = now();
        progress.continuation(clock.pair()).forEach(record -> made.append(record, now));
    }

    /** It holds nothing that is not held elsewhere, and there may be many before the tape can be written again. */
    private static void discard(TapeWriter made) {
        try {
            made.discard();
        } catch (RuntimeException | InternalError e) {
            LOG.debug("The reel {} is left over", made.reel(), e);
        }
    }

    private void seal(TapeWriter full) {
        try {
            if (isUnsynced) {
                sync(full);
            }
            full.close();
        } catch (RuntimeException | InternalError e) {
            failedReels.add(full);
            LOG.warn("The reel {} is not sealed; that is done when the tape is cared for", full.reel(), e);
        }
    }

    private long now() {
        return clock.wallMillis();
    }
}
