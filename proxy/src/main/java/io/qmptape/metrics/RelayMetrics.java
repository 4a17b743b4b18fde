package io.qmptape.metrics;

import io.qmptape.handover.RecorderState;
import io.qmptape.handover.Tally;
import io.qmptape.traffic.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What is told of a relay and its recorder. Safe for all threads. */
public final class RelayMetrics {
    /** A recorder that is so far behind does not get on. */
    private static final Duration TOLERABLE_LAG = Duration.ofSeconds(10);

    private final TrafficMeter traffic;
    private final DelayMeter delays;
    private final Supplier<RecorderState> recorder;
    private final Clock clock;

    public RelayMetrics(TrafficMeter traffic, DelayMeter delays, Supplier<RecorderState> recorder, Clock clock) {
        this.traffic = traffic;
        this.delays = delays;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** In Prometheus' text form. */
    public String text() {
        MetricsText text = new MetricsText();
        traffic.writeTo(text);
        delays.writeTo(text);
        RecorderState state = recorder.get();
        state(state, text);
        tally(state.tally(), text);
        return text.toString();
    }

    /** Why not all that passes comes onto the tape; empty if it does. */
    public Optional<String> trouble() {
        RecorderState state = recorder.get();
        Duration lag = lag(state);
        if (!state.isRunning()) {
            return Optional.of("the recorder is not running");
        } else if (state.tally().isFailing()) {
            return Optional.of("the tape cannot be written");
        } else if (lag.compareTo(TOLERABLE_LAG) > 0) {
            return Optional.of("the recorder is " + lag.toSeconds() + " s behind");
        }
        return Optional.empty();
    }

    private void state(RecorderState state, MetricsText text) {
        text.gauge(
                "qmptape_queue_bytes",
                "What waits for the recorder, or is kept until it is on the tape.",
                state.queueBytes());
        text.gauge(
                "qmptape_tape_lag_seconds",
                "How long the oldest has waited that the recorder has not taken.",
                lag(state).toNanos() / 1e9);
        text.gauge("qmptape_recorder_running", "1 if there is a recorder.", state.isRunning() ? 1 : 0);
        text.counter("qmptape_recorder_restarts_total", "Recorders that died.", state.restarts());
    }

    private static void tally(Tally tally, MetricsText text) {
        text.gauge("qmptape_tape_failing", "1 if the tape cannot be written.", tally.isFailing() ? 1 : 0);
        text.counter("qmptape_gaps_total", "Gaps on the tape.", tally.gaps());
        text.counter("qmptape_gap_bytes_total", "Bytes that are missing there.", tally.gapBytes());
        text.counters("qmptape_messages_total", "Messages that were recorded.", "kind", tally.messages());
        text.counters("qmptape_findings_total", "What the validator found.", "rule", tally.findings());
    }

    private Duration lag(RecorderState state) {
        return Duration.ofNanos(traffic.lagNanos(state.tally().takenNanos(), clock.nanos()));
    }
}
