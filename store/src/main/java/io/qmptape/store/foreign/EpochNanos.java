package io.qmptape.store.foreign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** Times of day as nanoseconds since 1970: what a recording that has no other clock is ordered by. */
final class EpochNanos {
    private static final long SECOND = 1_000_000_000L;
    /** What nanoseconds since 1970 can say: up to the year 2262. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / SECOND - 1;

    private EpochNanos() {}

    static OptionalLong of(Instant instant) {
        return of(instant.getEpochSecond(), instant.getNano());
    }

    static OptionalLong of(long seconds, long nanos) {
        boolean isKnown = seconds >= 0 && seconds <= MAX_SECONDS && nanos >= 0 && nanos < SECOND;
        return isKnown ? OptionalLong.of(seconds * SECOND + nanos) : OptionalLong.empty();
    }

    /** Empty if the text is no time with an offset of that form. */
    static OptionalLong parse(String text, DateTimeFormatter form) {
        try {
            return of(OffsetDateTime.parse(text, form).toInstant());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
