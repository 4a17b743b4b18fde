package io.qmptape.store.recorder;

import io.qmptape.handover.Standing;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import java.util.function.Consumer;

/** Where a scribe makes records anew that the tape has already: lets pass only what it lacks. */
final class Overlap implements RecordSink {
    private final OnTape onTape;
    private final Standing written;
    private final RecordSink sink;
    private final Consumer<Standing> known;

    /**
     * @param written up to where the tape has the session for certain
     * @param known hears of the places behind what it has
     */
    Overlap(OnTape onTape, Standing written, RecordSink sink, Consumer<Standing> known) {
        this.onTape = onTape;
        this.written = written;
        this.sink = sink;
        this.known = known;
    }

    @Override
    public void accept(SessionRecord record, Standing behind) {
        if (record instanceof Gap gap && !onTape.has(gap)) {
            acceptGap(gap, behind);
        } else if (isThere(record)) {
            known.accept(behind);
        } else {
            sink.accept(record, behind);
        }
    }

    private boolean isThere(SessionRecord record) {
        if (record instanceof FrameRecorded frame) {
            return frame.sequence() <= onTape.sequence();
        }
        return record instanceof Gap
                || record instanceof HalfClosed half && onTape.halfClosed().contains(half.direction());
    }

    /** One that stands for what was given up may begin with what the tape has. */
    private void acceptGap(Gap gap, Standing behind) {
        long over = Math.max(0, written.bytes(gap.direction()) - gap.firstByte());
        if (over >= gap.bytes()) {
            known.accept(behind);
            return;
        }
        sink.accept(gap.without(over), behind);
    }
}
