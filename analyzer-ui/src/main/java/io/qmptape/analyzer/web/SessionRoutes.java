package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.stream.IntStream;

/** The sessions of the tape, the one that came last first. */
final class SessionRoutes {
    private final String tape;
    private final MessageIndex index;
    private final FoldedPages folds;
    private final Answer answer;

    SessionRoutes(Recordings recordings, Answer answer) {
        this.tape = recordings.name();
        this.index = recordings.index();
        this.folds = new FoldedPages(recordings);
        this.answer = answer;
    }

    void addTo(RoutesConfig routes) {
        routes.get(AnalyzerServer.API + "/status", context -> answer.send(context, status()));
        routes.get(AnalyzerServer.API + "/sessions", context -> answer.send(context, sessions(new Asked(context))));
        routes.get(AnalyzerServer.API + "/sessions/{id}", this::session);
        routes.get(AnalyzerServer.API + "/sessions/{id}/messages", this::messages);
    }

    /** @param indexedRecords how far the index is; grows while recording goes on */
    private record Status(String tape, long sessions, long open, long messages, long indexedRecords) {}

    private record Sessions(long total, long messages, long errors, long findings, List<SessionView> sessions) {}

    private Status status() {
        List<SessionSummary> sessions = index.sessions();
        return new Status(
                tape,
                sessions.size(),
                sessions.stream().filter(SessionSummary::isOpen).count(),
                sessions.stream().mapToLong(SessionSummary::frames).sum(),
                index.indexedRecords());
    }

    private Sessions sessions(Asked asked) {
        List<SessionSummary> sessions = index.sessions();
        int newest = sessions.size() - 1;
        int buckets = (int) asked.number("activity", Limits.ACTIVITY_IN_LIST, 0, Limits.ACTIVITY_OF_SESSION);
        List<SessionView> page = IntStream.rangeClosed(0, newest)
                .skip(asked.offset())
                .limit(asked.limit())
                .mapToObj(i -> view(sessions.get(newest - i), buckets))
                .toList();
        return new Sessions(
                sessions.size(),
                sessions.stream().mapToLong(SessionSummary::frames).sum(),
                sessions.stream().mapToLong(SessionSummary::errors).sum(),
                sessions.stream().mapToLong(SessionSummary::findings).sum(),
                page);
    }

    private void session(Context context) {
        answer.send(context, view(known(new Asked(context).session()), Limits.ACTIVITY_OF_SESSION));
    }

    private void messages(Context context) {
        Asked asked = new Asked(context);
        SessionId id = known(asked.session()).id();
        answer.send(
                context,
                asked.isFolded()
                        ? folds.page(id, asked)
                        : RowView.Page.of(index.messages(id, asked.query(), asked.offset(), asked.limit())));
    }

    private SessionView view(SessionSummary session, int buckets) {
        return SessionView.of(session, buckets == 0 ? List.of() : index.activity(session.id(), buckets));
    }

    private SessionSummary known(SessionId id) {
        return index.session(id).orElseThrow(() -> Refusal.notFound("There is no session " + id + " on this tape."));
    }
}
