package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.protocol.Bytes;
import io.qmptape.store.NewReel;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.traffic.CloseCause;
import java.nio.file.Path;
import java.util.List;

/** A tape with one reel that a test writes by hand. */
final class RecordedTape implements AutoCloseable {
    private final Tape tape;
    private final NewReel reel;
    private long arrivedAtMillis = 1_000;

    RecordedTape(Path directory) {
        tape = new Tape(directory, new ChronicleReels());
        reel = tape.newReel();
    }

    Tape tape() {
        return tape;
    }

    RecordedTape append(List<? extends SessionRecord> records) {
        for (SessionRecord record : records) {
            reel.writer().append(RecordCodec.encode(record, arrivedAtMillis++, Bytes.EMPTY));
        }
        return this;
    }

    /** Opening, all frames, and the end. */
    RecordedTape appendWhole(Frames session) {
        append(List.of(session.opened())).append(session.frames());
        long nanos = session.opened().atNanos() + session.frames().size() * Frames.MILLI;
        return append(List.of(
                new Closed(session.opened().session(), nanos, CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY)));
    }

    @Override
    public void close() {
        reel.writer().close();
    }
}
