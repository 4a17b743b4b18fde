package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelContents;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.traffic.CloseCause;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** Gathers what a tape has of one session, reel by reel. One thread. */
final class Leavings {
    private final Set<Direction> halfClosed = EnumSet.noneOf(Direction.class);
    private final Set<Gap> gaps = new HashSet<>();
    private ReelContents contents = new ReelContents();
    private String reel = "";
    private String next = "";
    private Bytes head = Bytes.EMPTY;
    private long sequence;
    private long nanos = Long.MIN_VALUE;
    private boolean isOver;

    /** The records to come are of this reel. */
    void begin(String name) {
        next = name;
        contents = new ReelContents();
    }

    void add(Bytes record) {
        RecordCodec.Stored stored = RecordCodec.decode(record);
        SessionRecord read = stored.record();
        contents.add(record, read, stored.arrivedAtMillis());
        reel = next;
        head = contents.head(read.session());
        nanos = Math.max(nanos, read.atNanos());
        if (read instanceof FrameRecorded frame) {
            sequence = Math.max(sequence, frame.sequence());
        } else if (read instanceof Continued continued) {
            sequence = Math.max(sequence, continued.nextSequence() - 1);
        } else if (read instanceof HalfClosed half) {
            halfClosed.add(half.direction());
        } else if (read instanceof Gap gap) {
            gaps.add(gap);
        } else if (read instanceof Closed closed) {
            isOver |= closed.cause() != CloseCause.RECORDER_DIED;
        }
    }

    OnTape onTape() {
        return new OnTape(reel, head, sequence, nanos, halfClosed, gaps, isOver);
    }
}
