package io.qmptape.analyzer.web;

import java.util.List;
import java.util.Optional;

/** The catalog as the page shows it. Safe for threads. */
public interface CatalogPages {
    /** All commands, then all events, each by name. */
    List<CatalogEntry> entries();

    /**
     * One entry.
     *
     * @param kind {@code command} or {@code event}
     */
    default Optional<CatalogEntry> entry(String kind, String name) {
        return entries().stream()
                .filter(entry -> entry.kind().equals(kind) && entry.name().equals(name))
                .findFirst();
    }
}
