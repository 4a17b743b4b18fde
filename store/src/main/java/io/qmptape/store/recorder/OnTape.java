package io.qmptape.store.recorder;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord.Gap;
import java.util.Set;

/**
 * What a recorder that died has left on the tape of a session that goes on.
 *
 * @param reel that holds its last records; empty if there are none
 * @param head of its hash chain in that reel
 * @param sequence of its last frame, 0 if there is none
 * @param nanos of its last record
 * @param halfClosed directions of which the end is there
 * @param gaps those that are there
 * @param isOver whether its end is there, and not only that its recorder died
 */
record OnTape(
        String reel, Bytes head, long sequence, long nanos, Set<Direction> halfClosed, Set<Gap> gaps, boolean isOver) {
    OnTape {
        halfClosed = Set.copyOf(halfClosed);
        gaps = Set.copyOf(gaps);
    }

    static OnTape nothing() {
        return new OnTape("", Bytes.EMPTY, 0, Long.MIN_VALUE, Set.of(), Set.of(), false);
    }

    boolean isEmpty() {
        return reel.isEmpty();
    }

    /** It may have begun later, with what was on the tape already. */
    boolean has(Gap gap) {
        return gaps.stream().anyMatch(there -> there.direction() == gap.direction() && there.end() == gap.end());
    }
}
