package io.qmptape.cli;

import io.qmptape.metrics.DelayMeter;
import io.qmptape.metrics.MetricsServer;
import io.qmptape.metrics.RelayMetrics;
import io.qmptape.metrics.TrafficMeter;
import io.qmptape.proxy.Delays;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.TrafficPort;
import io.qmptape.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/** A recorder in a process of its own, and numbers of it and of what passes to be fetched from outside. Owns both. */
final class MeasuredSite implements RecorderSite {
    private final Endpoint listen;
    private final RecorderApart recorder;
    private final TrafficMeter traffic;
    private final DelayMeter delays = new DelayMeter();
    private final RelayMetrics metrics;
    private @Nullable MetricsServer server;

    /** @throws IllegalArgumentException if metrics cannot be served at that endpoint */
    MeasuredSite(Endpoint listen, RecorderApart recorder, Clock clock) {
        MetricsServer.require(listen);
        this.listen = listen;
        this.recorder = recorder;
        this.traffic = new TrafficMeter(recorder.port());
        this.metrics = new RelayMetrics(traffic, delays, recorder::state, clock);
    }

    @Override
    public TrafficPort port() {
        return traffic;
    }

    @Override
    public Delays delays() {
        return delays::added;
    }

    /** The numbers first: if their port is taken, nothing has been recorded yet. */
    @Override
    public void start() {
        server = MetricsServer.start(listen, metrics);
        System.err.println("qmptape: metrics at " + server.url());
        recorder.start();
    }

    @Override
    public void close() {
        recorder.close();
        if (server != null) {
            server.close();
        }
    }
}
