package io.qmptape.cli;

import io.qmptape.analyzer.web.SessionFeed;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionTail;
import java.util.function.Predicate;

/** A session of a tape, for the page. */
record TailFeed(SessionTail tail) implements SessionFeed {
    @Override
    public void read(Predicate<SessionRecord> sink) {
        tail.read(sink);
    }

    @Override
    public boolean isStale() {
        return tail.isStale();
    }
}
