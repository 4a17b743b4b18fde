package io.qmptape.handover;

import io.qmptape.protocol.Bytes;
import io.qmptape.traffic.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * Something that the recorder was sent.
 *
 * @param ordinal its number among what this connection brought of the session behind its opening, from 1
 * @param from where in the direction's stream a read or gap begins; else 0
 */
record KeptItem(Traffic traffic, long ordinal, long from) {
    long cost() {
        return TrafficQueue.cost(traffic);
    }

    KeptItem numbered(long other) {
        return new KeptItem(traffic, other, from);
    }

    /** What of a read lies in front of a place. */
    Optional<Traffic.Read> before(Standing place) {
        if (!(traffic instanceof Traffic.Read read)) {
            return Optional.empty();
        }
        long length = Math.min(read.bytes().length(), place.bytes(read.direction()) - from);
        return length <= 0
                ? Optional.empty()
                : Optional.of(new Traffic.Read(
                        read.session(),
                        read.direction(),
                        read.atNanos(),
                        read.bytes().slice(0, (int) length),
                        read.descriptors()));
    }

    /** What of a read or gap lies behind a place; nothing of anything else. */
    Optional<KeptItem> behind(Standing place) {
        if (traffic instanceof Traffic.Lost lost) {
            return behind(lost, place.bytes(lost.direction()) - from);
        } else if (traffic instanceof Traffic.Read read) {
            return behind(read, place.bytes(read.direction()) - from);
        }
        return Optional.empty();
    }

    private Optional<KeptItem> behind(Traffic.Read read, long over) {
        if (over <= 0) {
            return Optional.of(this);
        } else if (over >= read.bytes().length()) {
            return Optional.empty();
        }
        // a copy, or a few bytes of white space would keep a large read
        Bytes rest = Bytes.lend(read.bytes().from((int) over).toArray());
        Traffic.Read tail = new Traffic.Read(read.session(), read.direction(), read.atNanos(), rest, List.of());
        return Optional.of(new KeptItem(tail, ordinal, from + over));
    }

    private Optional<KeptItem> behind(Traffic.Lost lost, long over) {
        if (over <= 0) {
            return Optional.of(this);
        } else if (over >= lost.bytes()) {
            return Optional.empty();
        }
        return Optional.of(new KeptItem(lost.without(over), ordinal, from + over));
    }

    /** What is left of it without its bytes; empty for what has none. */
    Optional<Traffic.Lost> asGap() {
        if (traffic instanceof Traffic.Lost lost) {
            return Optional.of(lost);
        } else if (traffic instanceof Traffic.Read read) {
            int length = read.bytes().length();
            return Optional.of(
                    new Traffic.Lost(read.session(), read.direction(), from, length, read.atNanos(), read.atNanos()));
        }
        return Optional.empty();
    }
}
