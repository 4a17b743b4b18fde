package io.qmptape.store.care;

import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far a session came before its recorder died. One thread. */
final class LastWords implements Consumer<SessionRecord> {
    private @Nullable Opened opened;
    private long sequence;
    private long nanos;

    @Override
    public void accept(SessionRecord record) {
        if (record instanceof Opened first) {
            opened = first;
            nanos = first.atNanos();
        } else if (record instanceof FrameRecorded frame) {
            sequence = frame.sequence();
        }
        nanos = Math.max(nanos, record.atNanos());
    }

    Optional<Opened> opened() {
        return Optional.ofNullable(opened);
    }

    long sequence() {
        return sequence;
    }

    long nanos() {
        return nanos;
    }
}
