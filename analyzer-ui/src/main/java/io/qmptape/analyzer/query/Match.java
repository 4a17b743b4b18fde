package io.qmptape.analyzer.query;

import java.math.BigDecimal;
import java.util.Optional;

/** What a term of a query wants of its field. */
public sealed interface Match {
    /** The field is there at all. */
    record Present() implements Match {}

    /** Exactly this text; of fields that hold sentences, these words in this order. Upper and lower case are one. */
    record Literal(String text) implements Match {}

    /** A pattern: {@code *} stands for any run of characters, {@code ?} for one. */
    record Pattern(String glob) implements Match {}

    /** A number between two bounds, of which one may be missing; latencies in nanoseconds. */
    record Range(Optional<Bound> from, Optional<Bound> to) implements Match {
        static Range exactly(BigDecimal value) {
            Optional<Bound> bound = Optional.of(new Bound(value, true));
            return new Range(bound, bound);
        }
    }

    /** @param value without trailing zeros, so that equal numbers are equal records */
    record Bound(BigDecimal value, boolean isIncluded) {
        public Bound {
            value = value.stripTrailingZeros();
        }
    }
}
