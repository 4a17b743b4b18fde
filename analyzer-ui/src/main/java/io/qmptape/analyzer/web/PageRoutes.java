package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** The page itself: one document for all its addresses, and what it loads. */
final class PageRoutes {
    private static final List<String> PLACES = List.of(
            "/",
            "/sessions",
            "/search",
            "/s/{sid}",
            "/m/{sid}/{seq}",
            "/diff",
            "/catalog",
            "/catalog/{kind}/{name}",
            "/help");

    private final Bundle bundle;

    PageRoutes(Bundle bundle) {
        this.bundle = bundle;
    }

    void addTo(RoutesConfig routes) {
        PLACES.forEach(place -> routes.get(place, context -> context.html(bundle.index())));
        routes.get(Bundle.ASSETS + "{name}", this::asset);
    }

    private void asset(Context context) {
        Bundle.Asset asset = bundle.asset(context.pathParam("name"))
                .orElseThrow(() -> Refusal.notFound("The page has no such file."));
        String caching = asset.isHashed() ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        context.header("Cache-Control", caching)
                .contentType(asset.mediaType())
                .result(asset.content().toArray());
    }
}
