package io.qmptape.analyzer.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.qmptape.analyzer.query.QuerySyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page and its API on the loopback address. GET only; nothing it does changes a tape. Owns its HTTP server
 * and nothing of the {@link Recordings}. {@link #start} and {@link #close} belong to one thread.
 */
public final class AnalyzerServer implements AutoCloseable {
    static final String API = "/api/v1";
    private static final String HOST = "127.0.0.1";
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerServer.class);

    private final ServerOptions options;
    private final Recordings recordings;
    private final Answer answer = new Answer();
    private Optional<Javalin> server = Optional.empty();

    public AnalyzerServer(ServerOptions options, Recordings recordings) {
        this.options = options;
        this.recordings = recordings;
    }

    /**
     * Binds the port and serves until {@link #close}.
     *
     * @throws UncheckedIOException if the port cannot be bound, or this build has no page
     */
    public void start() {
        Bundle bundle = Bundle.load();
        Javalin javalin = Javalin.create(config -> configure(config, bundle));
        try {
            javalin.start(HOST, options.port());
        } catch (RuntimeException e) {
            javalin.stop();
            throw new UncheckedIOException(
                    new IOException("cannot listen on " + HOST + ":" + options.port() + ": " + rootOf(e), e));
        }
        server = Optional.of(javalin);
        LOG.atInfo().addKeyValue("url", url()).log("analyzer started");
    }

    /** The port that was bound. */
    public int port() {
        return server.map(Javalin::port)
                .orElseThrow(() -> new IllegalStateException("the analyzer has not been started"));
    }

    /** Where to point a browser. */
    public String url() {
        return "http://" + HOST + ":" + port() + "/";
    }

    @Override
    public void close() {
        server.ifPresent(Javalin::stop);
        server = Optional.empty();
    }

    private void configure(JavalinConfig config, Bundle bundle) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.routes.before(Guard::check);
        addRoutes(config.routes, bundle);
        addProblems(config.routes);
    }

    private void addRoutes(RoutesConfig routes, Bundle bundle) {
        new SessionRoutes(recordings, answer).addTo(routes);
        new MessageRoutes(recordings, answer).addTo(routes);
        new SearchRoutes(recordings, answer).addTo(routes);
        new CatalogRoutes(recordings, answer).addTo(routes);
        new DiffRoutes(recordings, answer).addTo(routes);
        new PageRoutes(bundle).addTo(routes);
    }

    private void addProblems(RoutesConfig routes) {
        routes.exception(Refusal.class, (e, context) -> answer.send(context, Problem.of(e, context.path())));
        routes.exception(
                QuerySyntaxException.class, (e, context) -> answer.send(context, Problem.of(e, context.path())));
        routes.exception(HttpResponseException.class, this::sendStatus);
        routes.exception(Exception.class, this::sendFailure);
    }

    private void sendStatus(HttpResponseException fault, Context context) {
        Map<Integer, String> titles = Map.of(404, "Not found", 405, "Method not allowed");
        int status = fault.getStatus();
        String detail = status == 405 ? "This API is read with GET." : "There is nothing at this address.";
        answer.send(
                context, Problem.of(status, titles.getOrDefault(status, "Request refused"), detail, context.path()));
    }

    /** The edge of a request: whatever fails inside is told once and ends this request only. */
    private void sendFailure(Exception fault, Context context) {
        LOG.atError().addKeyValue("path", context.path()).setCause(fault).log("request failed");
        String detail = "The analyzer failed on this request; its log says why.";
        answer.send(context, Problem.of(500, "Internal error", detail, context.path()));
    }

    private static String rootOf(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
