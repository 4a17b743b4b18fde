package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.analyzer.index.MessageRow;
import io.qmptape.analyzer.web.FoldedSession.Stretch;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The messages of a session with its polls folded. Which rows there are comes from the tape, what stands in them from the
 * index. Keeps the folds of the sessions asked for last. Safe for threads.
 */
final class FoldedPages {
    private final MessageIndex index;
    private final Function<SessionId, SessionFeed> feeds;
    private final Map<SessionId, FoldedSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    FoldedPages(Recordings recordings) {
        this.index = recordings.index();
        this.feeds = recordings.feeds();
    }

    RowView.Page page(SessionId id, Asked asked) {
        long known = index.session(id).map(SessionSummary::frames).orElse(0L);
        List<Stretch> stretches = session(id, known).stretches(known);
        FoldedRows rows = new FoldedRows(stretches, known, asked.open());
        List<FoldedRows.Place> places = rows.piece(asked.offset(), asked.limit());
        Map<Long, RowView> messages = messages(id, places);
        List<RowView> views = places.stream()
                .flatMap(place -> Optional.ofNullable(messages.get(place.sequence())).stream()
                        .map(place::view))
                .toList();
        long seen = stretches.stream().mapToLong(Stretch::frames).sum();
        return new RowView.Page(rows.total(), asked.offset(), views, seen < known ? seen : null);
    }

    private Map<Long, RowView> messages(SessionId id, List<FoldedRows.Place> places) {
        List<Long> sequences =
                places.stream().map(FoldedRows.Place::sequence).distinct().toList();
        return index.messages(id, sequences).stream().collect(Collectors.toMap(MessageRow::sequence, RowView::of));
    }

    private FoldedSession session(SessionId id, long known) {
        synchronized (sessions) {
            sessions.computeIfPresent(id, (key, session) -> session.isStale(known) ? null : session);
            FoldedSession session =
                    sessions.computeIfAbsent(id, key -> new FoldedSession(feeds.apply(key), Limits.MAX_FOLDED_AT_ONCE));
            if (sessions.size() > Limits.MAX_FOLDED_SESSIONS) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            return session;
        }
    }
}
