package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.SessionRecord;
import java.util.function.Consumer;

/** Hands over the records of a reel that can be read; nothing else. */
record Decoding(Consumer<SessionRecord> sink) implements ReelScan {
    @Override
    public void record(Place place, Bytes record) {
        try {
            sink.accept(RecordCodec.decode(record).record());
        } catch (IllegalArgumentException unreadable) {
            // whoever verifies the reel tells of it
            return;
        }
    }

    @Override
    public void damage(Place place, String what) {}
}
