package io.qmptape.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.TcpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers GET of {@code /metrics} and of {@code /healthz}: 200 if all is well, else 503 with the reason. The JDK's own server, which
 * needs nothing and can do TCP alone. Owns its threads.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    /** So that one who asks and never reads does not keep others waiting. */
    private static final int THREADS = 4;

    private final RelayMetrics metrics;
    private final HttpServer server;
    private final ExecutorService threads;

    private record Answer(int status, String text) {}

    private MetricsServer(RelayMetrics metrics, HttpServer server) {
        this.metrics = metrics;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, MetricsServer::thread);
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalArgumentException if the endpoint is none of TCP
     * @throws UncheckedIOException if it cannot be bound
     */
    public static MetricsServer start(Endpoint listen, RelayMetrics metrics) {
        TcpEndpoint tcp = require(listen);
        try {
            InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
            MetricsServer server = new MetricsServer(metrics, HttpServer.create(address, 0));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("metrics cannot be served at " + listen + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if metrics cannot be served there */
    public static TcpEndpoint require(Endpoint listen) {
        if (listen instanceof TcpEndpoint tcp) {
            return tcp;
        }
        throw new IllegalArgumentException(
                "metrics are served over TCP alone, not at " + listen + ": give tcp:127.0.0.1:PORT");
    }

    /** What to ask, with the port that the system chose. */
    public String url() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void start() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TEXT);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String method, String path) {
        if (!method.equals("GET")) {
            return new Answer(405, "only GET\n");
        }
        return switch (path) {
            case "/metrics" -> new Answer(200, metrics.text());
            case "/healthz" -> health();
            default -> new Answer(404, "there are /metrics and /healthz\n");
        };
    }

    private Answer health() {
        Optional<String> trouble = metrics.trouble();
        return new Answer(trouble.isEmpty() ? 200 : 503, trouble.orElse("ok") + "\n");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "qmptape-metrics");
        thread.setDaemon(true);
        return thread;
    }
}
