package io.qmptape.store.recorder;

import io.qmptape.handover.Receipt;
import io.qmptape.handover.Standing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.ReelContents;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.TapeWriter;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.SessionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What passed of an open session, what of it is not on the tape, and where on the tape it stands. One thread. */
final class SessionProgress {
    private static final String FAILED = "tape failed";
    private static final String REMOVED = "tape removed";

    private final Opened opened;
    private final Map<Direction, Gap> gaps = new EnumMap<>(Direction.class);
    private Standing at = Standing.BEGINNING;
    private Standing written = Standing.BEGINNING;
    /** Where this session's part of the present reel begins, and when. */
    private Standing reelBegin = Standing.BEGINNING;

    private long reelNanos;
    private long lastNanos;
    private long tapeSequence;
    private String reel = "";
    private Bytes head = Bytes.EMPTY;
    private @Nullable Closed closed;
    private @Nullable Undo undo;

    /** Where the session stood in front of its last record, and what is missing without that. */
    private record Undo(Standing written, long sequence, Bytes head, String reel, Optional<Gap> missing) {
        /** Whether a reel holds the session up to there. */
        boolean isStateOf(String name, SessionId session, ReelContents there) {
            Bytes before = reel.equals(name) ? head : new ReelContents().head(session);
            return there.head(session).equals(before);
        }
    }

    SessionProgress(Opened opened) {
        this.opened = opened;
        this.reelNanos = opened.atNanos();
        this.lastNanos = opened.atNanos();
    }

    /** Goes on where a recorder that died has left it. */
    static SessionProgress resumed(Opened opened, OnTape onTape, Receipt last) {
        SessionProgress progress = new SessionProgress(opened);
        progress.lastNanos = Math.max(opened.atNanos(), onTape.nanos());
        progress.reelNanos = progress.lastNanos;
        progress.tapeSequence = onTape.sequence();
        progress.reel = onTape.reel();
        progress.head = onTape.head();
        progress.at = last.safe();
        progress.written = last.written();
        if (onTape.sequence() < last.safe().sequence()) {
            Standing missing = onTape.reel().isEmpty() ? Standing.BEGINNING : last.written();
            progress.addGaps(missing, onTape.reel().isEmpty() ? REMOVED : FAILED);
        }
        return progress;
    }

    void passed(SessionRecord record, Standing behind) {
        lastNanos = Math.max(lastNanos, record.atNanos());
        at = behind;
    }

    /** The record that passed last is on the tape. */
    void written(TapeWriter writer, SessionRecord record, Standing before) {
        undo = new Undo(written, tapeSequence, head, reel, missing(record, before));
        stands(writer);
    }

    /** Takes back the last record where the reel that it was written to turns out not to have it. */
    void check(String failed, ReelContents there) {
        Undo last = undo;
        undo = null;
        boolean isThere = !reel.equals(failed) || there.head(opened.session()).equals(head);
        if (last == null || isThere || !last.isStateOf(failed, opened.session(), there)) {
            return;
        }
        written = last.written();
        tapeSequence = last.sequence();
        head = last.head();
        reel = last.reel();
        last.missing().ifPresent(this::add);
    }

    private void stands(TapeWriter writer) {
        reel = writer.reel();
        head = writer.chainHead(opened.session());
        known(at);
    }

    /** What lies in front of a place was written by a recorder that died. */
    void known(Standing behind) {
        at = behind;
        written = behind;
        tapeSequence = Math.max(tapeSequence, behind.sequence());
    }

    /** The record that passed last is not on the tape. */
    void lost(SessionRecord record, Standing before) {
        missing(record, before).ifPresent(this::add);
        if (record instanceof Closed end) {
            closed = end;
        }
    }

    private Optional<Gap> missing(SessionRecord record, Standing before) {
        if (record instanceof FrameRecorded frame) {
            Direction direction = frame.frame().direction();
            long from = before.bytes(direction);
            long began = frame.frame().beganAtNanos();
            long bytes = at.bytes(direction) - from;
            return Optional.of(new Gap(opened.session(), direction, from, bytes, began, frame.atNanos(), FAILED));
        }
        return record instanceof Gap gap ? Optional.of(gap) : Optional.empty();
    }

    /** The reel that the session stood on is gone with all that was written to it. */
    void lostReel() {
        gaps.clear();
        addGaps(reelBegin, REMOVED);
    }

    boolean isOver() {
        return closed != null;
    }

    SessionId session() {
        return opened.session();
    }

    /** How far the session is, on the tape or not. */
    Standing at() {
        return at;
    }

    Receipt receipt(Reached reached) {
        return new Receipt(
                opened.session(), reached.items(), reached.safe(), reached.unanswered(), written, reel, false);
    }

    /** What is missing and is not told on the tape yet. */
    List<Gap> gaps() {
        return List.copyOf(gaps.values());
    }

    /** How the session goes on in a new reel: where it stood, what is missing, and its end if that came meanwhile. */
    List<SessionRecord> continuation(ClockPair clock) {
        List<SessionRecord> records = new ArrayList<>();
        // what is missing is told behind it, and only then may numbers be left out
        records.add(new Continued(opened, clock, tapeSequence + 1, head, reel));
        records.addAll(gaps.values());
        if (closed != null) {
            records.add(closed);
        }
        return records;
    }

    /** The continuation is on the tape. */
    void wentOn(TapeWriter writer) {
        undo = null;
        stands(writer);
        gaps.clear();
        reelBegin = at;
        reelNanos = lastNanos;
    }

    private void addGaps(Standing from, String why) {
        for (Direction direction : Direction.values()) {
            long missing = at.bytes(direction) - from.bytes(direction);
            if (missing > 0) {
                add(new Gap(opened.session(), direction, from.bytes(direction), missing, reelNanos, lastNanos, why));
            }
        }
    }

    private void add(Gap gap) {
        Gap known = gaps.get(gap.direction());
        if (known != null && known.end() > gap.firstByte()) {
            // what is lost with its reel was counted with that
            return;
        }
        gaps.merge(gap.direction(), gap, Gap::and);
    }
}
