package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qmptape.analyzer.index.MessageIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the catalog says, and how often each name stands on the tape. */
final class CatalogRoutes {
    private final MessageIndex index;
    private final CatalogPages catalog;
    private final Answer answer;

    CatalogRoutes(Recordings recordings, Answer answer) {
        this.index = recordings.index();
        this.catalog = recordings.catalog();
        this.answer = answer;
    }

    void addTo(RoutesConfig routes) {
        routes.get(AnalyzerServer.API + "/catalog", context -> answer.send(context, new Listing(lines())));
        routes.get(AnalyzerServer.API + "/catalog/{kind}/{name}", this::entry);
    }

    private record Listing(List<Line> entries) {}

    /** @param seen messages on the tape with this name */
    private record Line(String kind, String name, String summary, String effect, String era, long seen) {}

    private record Entry(CatalogEntry entry, long seen) {}

    private List<Line> lines() {
        Map<String, Map<String, Long>> seen = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        for (CatalogEntry entry : catalog.entries()) {
            long count = seen.computeIfAbsent(entry.kind(), this::counts).getOrDefault(entry.name(), 0L);
            lines.add(new Line(entry.kind(), entry.name(), entry.summary(), entry.effect(), entry.era(), count));
        }
        return lines;
    }

    private void entry(Context context) {
        String kind = context.pathParam("kind");
        String name = context.pathParam("name");
        CatalogEntry entry = catalog.entry(kind, name)
                .orElseThrow(() -> Refusal.notFound("The catalog has no such " + kindWord(kind) + "."));
        answer.send(context, new Entry(entry, counts(kind).getOrDefault(name, 0L)));
    }

    private Map<String, Long> counts(String kind) {
        return index.facet("kind:" + kind, kind, Limits.MAX_FACET_VALUES);
    }

    private static String kindWord(String kind) {
        return kind.equals(CatalogEntry.COMMAND) || kind.equals(CatalogEntry.EVENT) ? kind : "entry";
    }
}
