package io.qmptape.store;

import io.qmptape.protocol.Bytes;

/**
 * Counts what a reel holds. A record that cannot be read, though its checksum fits, counts as torn; one of a newer layout ends
 * it with a {@link TapeException}.
 */
public record Counting(ReelContents contents) implements ReelScan {
    @Override
    public void record(Place place, Bytes record) {
        RecordCodec.refuseNewer(place, record);
        try {
            RecordCodec.Stored stored = RecordCodec.decode(record);
            contents.add(record, stored.record(), stored.arrivedAtMillis());
        } catch (IllegalArgumentException unreadable) {
            contents.addTorn();
        }
    }

    @Override
    public void damage(Place place, String what) {
        contents.addTorn();
    }
}
