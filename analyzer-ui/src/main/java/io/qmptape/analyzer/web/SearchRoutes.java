package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qmptape.analyzer.index.MessageIndex;
import java.util.List;
import java.util.Set;

/** Messages of all sessions, and the values they have. */
final class SearchRoutes {
    private static final Set<String> FIELDS = Set.of("command", "event", "kind", "error.class", "session");

    private final MessageIndex index;
    private final Answer answer;

    SearchRoutes(Recordings recordings, Answer answer) {
        this.index = recordings.index();
        this.answer = answer;
    }

    void addTo(RoutesConfig routes) {
        routes.get(AnalyzerServer.API + "/search", this::search);
        routes.get(AnalyzerServer.API + "/facets", this::facets);
    }

    private record Facet(String field, List<Value> values) {}

    private record Value(String value, long count) {}

    private void search(Context context) {
        Asked asked = new Asked(context);
        answer.send(context, RowView.Page.of(index.search(asked.query(), asked.offset(), asked.limit())));
    }

    private void facets(Context context) {
        Asked asked = new Asked(context);
        String field = asked.text("field");
        if (!FIELDS.contains(field)) {
            throw Refusal.badRequest(
                    "'field' is one of " + FIELDS.stream().sorted().toList() + ".");
        }
        int limit = (int) asked.number("limit", Limits.FACET_VALUES, 1, Limits.MAX_FACET_VALUES);
        List<Value> values = index.facet(scoped(asked), field, limit).entrySet().stream()
                .map(value -> new Value(value.getKey(), value.getValue()))
                .toList();
        answer.send(context, new Facet(field, values));
    }

    /** The query, within one session if one is named. */
    private static String scoped(Asked asked) {
        String session = asked.text("session");
        if (session.isEmpty()) {
            return asked.query();
        }
        String scope = "session:" + Asked.session(session);
        return asked.query().isBlank() ? scope : scope + " (" + asked.query() + ")";
    }
}
