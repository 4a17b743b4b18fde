package io.qmptape.analyzer.web;

import io.qmptape.store.SessionRecord;
import java.util.function.Predicate;

/** A session, record by record: {@code tail::read}. One thread at a time. */
@FunctionalInterface
public interface SessionFeed {
    /**
     * Hands over the records that came since the last call, and those that the sink did not take then.
     *
     * @param sink whether it takes more
     */
    void read(Predicate<SessionRecord> sink);
}
