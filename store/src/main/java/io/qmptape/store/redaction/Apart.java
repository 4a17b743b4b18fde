package io.qmptape.store.redaction;

import io.qmptape.protocol.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Things with spans of which none overlaps another, by where they begin. A message can hold hundreds of thousands, so none
 * is compared with all others.
 */
final class Apart<T> {
    private final NavigableMap<Integer, T> all = new TreeMap<>();
    private final Function<T, Span> spanOf;

    Apart(Function<T, Span> spanOf) {
        this.spanOf = spanOf;
    }

    /** What has at least one place in common with a span. */
    List<T> overlapping(Span span) {
        Integer from = all.lowerKey(span.start() + 1);
        List<T> found = new ArrayList<>();
        for (T one : all.subMap(from == null ? span.start() : from, true, Math.max(span.start(), span.end()), true)
                .values()) {
            if (spanOf.apply(one).start() < span.end()
                    && span.start() < spanOf.apply(one).end()) {
                found.add(one);
            }
        }
        return found;
    }

    /** Takes the place of all that overlaps it. */
    void put(T one) {
        Span span = spanOf.apply(one);
        overlapping(span).forEach(other -> all.remove(spanOf.apply(other).start()));
        all.put(span.start(), one);
    }

    List<T> inOrder() {
        return List.copyOf(all.values());
    }
}
