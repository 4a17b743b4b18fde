package io.qmptape.store.chronicle;

import java.util.Optional;

/**
 * The first byte of a queue entry: whether it holds a whole record, or which part of one. Parts of one record follow each
 * other; a run that breaks off was torn by a crash and is skipped.
 */
enum Parts {
    WHOLE,
    FIRST,
    MIDDLE,
    LAST;

    /** Well below a quarter of a block, which is what Chronicle lets one entry be. */
    static final int MAX_PART_BYTES = 128 << 10;

    byte code() {
        return (byte) ordinal();
    }

    boolean begins() {
        return this == WHOLE || this == FIRST;
    }

    boolean ends() {
        return this == WHOLE || this == LAST;
    }

    static Optional<Parts> ofCode(int code) {
        return code < 0 || code >= values().length ? Optional.empty() : Optional.of(values()[code]);
    }

    static Parts of(boolean isFirst, boolean isLast) {
        if (isFirst) {
            return isLast ? WHOLE : FIRST;
        }
        return isLast ? LAST : MIDDLE;
    }
}
