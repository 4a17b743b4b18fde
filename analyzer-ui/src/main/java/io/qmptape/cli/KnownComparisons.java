package io.qmptape.cli;

import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.analyzer.web.SessionComparison;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers the comparisons made last: the page asks for one piece by piece. A session that has grown since is compared
 * anew. Safe for all threads; one comparison is made at a time, because each holds two whole sessions in memory.
 */
final class KnownComparisons implements SessionComparison {
    private static final int MOST = 4;

    private final Function<SessionId, Optional<SessionSummary>> sessions;
    private final SessionComparison comparison;
    private final Map<Pair, SessionDiff> known = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, SessionDiff> eldest) {
            return size() > MOST;
        }
    };

    KnownComparisons(Function<SessionId, Optional<SessionSummary>> sessions, SessionComparison comparison) {
        this.sessions = sessions;
        this.comparison = comparison;
    }

    @Override
    public synchronized SessionDiff compare(SessionId a, SessionId b) {
        Pair pair = new Pair(a, frames(a), b, frames(b));
        SessionDiff diff = known.get(pair);
        if (diff == null) {
            diff = comparison.compare(a, b);
            known.put(pair, diff);
        }
        return diff;
    }

    private long frames(SessionId id) {
        return sessions.apply(id).map(SessionSummary::frames).orElse(0L);
    }

    private record Pair(SessionId a, long framesOfA, SessionId b, long framesOfB) {}
}
