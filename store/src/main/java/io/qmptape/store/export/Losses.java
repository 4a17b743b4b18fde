package io.qmptape.store.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a form has no room for. */
final class Losses {
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** @param what one of them, in words that take an s for more */
    void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** A line each, as {@code 3 events}. */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        counts.forEach((what, count) -> lines.add(count + " " + what + (count == 1 ? "" : "s")));
        return lines;
    }
}
