package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.TapeWriter;
import io.qmptape.traffic.ClockPair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passed of an open session, what of it is not on the tape, and where on the tape it stands. One thread. */
final class SessionProgress {
    private static final String FAILED = "tape failed";
    private static final String REMOVED = "tape removed";

    private final Opened opened;
    private final Map<Direction, Long> position = new EnumMap<>(Direction.class);
    /** Where this session's bytes in the present reel begin, and when. */
    private final Map<Direction, Long> reelPosition = new EnumMap<>(Direction.class);

    private final Map<Direction, Gap> gaps = new EnumMap<>(Direction.class);
    private long reelNanos;
    private long lastNanos;
    private String reel = "";
    private Bytes head = Bytes.EMPTY;
    private long sequence;
    private @Nullable Closed closed;

    SessionProgress(Opened opened) {
        this.opened = opened;
        this.reelNanos = opened.atNanos();
        this.lastNanos = opened.atNanos();
    }

    void passed(SessionRecord record) {
        lastNanos = Math.max(lastNanos, record.atNanos());
        if (record instanceof FrameRecorded frame) {
            sequence = frame.sequence();
            position.merge(frame.frame().direction(), length(frame), Long::sum);
        }
    }

    void written(TapeWriter writer) {
        reel = writer.reel();
        head = writer.chainHead(opened.session());
    }

    /** The record that passed last is not on the tape. */
    void lost(SessionRecord record) {
        if (record instanceof FrameRecorded frame) {
            Direction direction = frame.frame().direction();
            long from = position.getOrDefault(direction, 0L) - length(frame);
            long began = frame.frame().beganAtNanos();
            add(new Gap(opened.session(), direction, from, length(frame), began, frame.atNanos(), FAILED));
        } else if (record instanceof Closed end) {
            closed = end;
        }
    }

    /** The reel that the session stood on is gone with all that was written to it. */
    void lostReel() {
        gaps.clear();
        position.forEach((direction, to) -> {
            long from = reelPosition.getOrDefault(direction, 0L);
            if (to > from) {
                add(new Gap(opened.session(), direction, from, to - from, reelNanos, lastNanos, REMOVED));
            }
        });
    }

    boolean isOver() {
        return closed != null;
    }

    /** How the session goes on in a new reel: where it stood, what is missing, and its end if that came meanwhile. */
    List<SessionRecord> continuation(ClockPair clock) {
        List<SessionRecord> records = new ArrayList<>();
        records.add(new Continued(opened, clock, sequence + 1, head, reel));
        records.addAll(gaps.values());
        if (closed != null) {
            records.add(closed);
        }
        return records;
    }

    /** The continuation is on the tape. */
    void wentOn(TapeWriter writer) {
        written(writer);
        gaps.clear();
        reelPosition.putAll(position);
        reelNanos = lastNanos;
    }

    private void add(Gap gap) {
        Gap known = gaps.get(gap.direction());
        if (known != null && known.firstByte() + known.bytes() > gap.firstByte()) {
            // what is lost with its reel was counted with that
            return;
        }
        gaps.merge(gap.direction(), gap, SessionProgress::longer);
    }

    private static long length(FrameRecorded frame) {
        return frame.frame().bytes().length();
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
