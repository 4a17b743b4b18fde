package io.qmptape.analyzer.web;

import io.qmptape.store.SessionRecord;
import java.util.function.Predicate;

/** A session, record by record. One thread at a time. */
@FunctionalInterface
public interface SessionFeed {
    /**
     * Hands over the records that came since the last call, and those that the sink did not take then.
     *
     * @param sink whether it takes more
     */
    void read(Predicate<SessionRecord> sink);

    /** Whether what was handed over may not be what is on the tape any more: it was masked, repaired or deleted. */
    default boolean isStale() {
        return false;
    }
}
