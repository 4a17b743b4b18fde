package io.qmptape.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qmptape.handover.RecorderState;
import io.qmptape.handover.Tally;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.testkit.CollectingPort;
import io.qmptape.testkit.ManualClock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RelayMetricsTest {
    private static final SessionId SESSION = SessionId.random();
    private static final Tally TALLY =
            new Tally(1, false, 2, 300, Map.of("event", 4L), Map.of("args/type", 5L, "args/missing", 6L));

    private final ManualClock clock = new ManualClock();
    private final CollectingPort port = new CollectingPort();
    private final TrafficMeter traffic = new TrafficMeter(port);
    private final DelayMeter delays = new DelayMeter();
    private RecorderState state = new RecorderState(true, 3, 1000, TALLY);
    private final RelayMetrics metrics = new RelayMetrics(traffic, delays, () -> state, clock);

    @Test
    void tellsWhatPassedAndPassesItOn() {
        Traffic.Read asked = read(Direction.CLIENT_TO_SERVER, "abc", List.of(DescriptorKind.FILE, DescriptorKind.PIPE));
        Traffic.Read answered = read(Direction.SERVER_TO_CLIENT, "defgh", List.of());

        traffic.seen(asked);
        traffic.seen(answered);
        traffic.seen(new Traffic.Closed(SESSION, clock.nanos(), CloseCause.CLIENT_LEFT));

        assertThat(port.heard()).hasSize(3).startsWith(asked, answered);
        assertThat(metrics.text())
                .contains("\nqmptape_bytes_total{direction=\"c2s\"} 3\nqmptape_bytes_total{direction=\"s2c\"} 5\n")
                .contains("\nqmptape_descriptors_total{direction=\"c2s\"} 2\n");
    }

    @Test
    void tellsWhatTheRecorderCounted() {
        assertThat(metrics.text())
                .contains("\nqmptape_queue_bytes 1000\n", "\nqmptape_recorder_restarts_total 3\n")
                .contains("\nqmptape_gaps_total 2\n", "\nqmptape_gap_bytes_total 300\n")
                .contains("\nqmptape_messages_total{kind=\"event\"} 4\n")
                .contains("{rule=\"args/missing\"} 6\nqmptape_findings_total{rule=\"args/type\"} 5\n");
    }

    @Test
    void sumsDelaysUpStepByStep() {
        delays.added(10_000);
        delays.added(10_001);
        delays.added(Duration.ofMinutes(1).toNanos());

        assertThat(metrics.text())
                .contains("_bucket{le=\"0.00001\"} 1\n", "_bucket{le=\"0.000025\"} 2\n", "_bucket{le=\"10\"} 2\n")
                .contains("_bucket{le=\"+Inf\"} 3\n", "_seconds_sum 60.000020001\n", "_seconds_count 3\n");
    }

    @Test
    void countsALagFromTheOldestThatIsNotTaken() {
        traffic.seen(read(Direction.CLIENT_TO_SERVER, "a", List.of()));
        takenUpTo(clock.nanos());
        assertThat(lag()).isEqualTo("0");

        clock.advance(Duration.ofHours(1));
        traffic.seen(read(Direction.CLIENT_TO_SERVER, "b", List.of()));
        clock.advance(Duration.ofSeconds(2));
        traffic.seen(read(Direction.CLIENT_TO_SERVER, "c", List.of()));
        clock.advance(Duration.ofSeconds(1));
        assertThat(lag()).isEqualTo("3");

        takenUpTo(clock.nanos());
        assertThat(lag()).isEqualTo("0");
    }

    @Test
    void isWellOnlyWhileAllComesOntoTheTape() {
        assertThat(metrics.trouble()).isEmpty();

        state = new RecorderState(false, 3, 1000, TALLY);
        assertThat(metrics.trouble()).contains("the recorder is not running");

        state = new RecorderState(true, 3, 1000, new Tally(1, true, 0, 0, Map.of(), Map.of()));
        assertThat(metrics.trouble()).contains("the tape cannot be written");

        state = new RecorderState(true, 3, 1000, TALLY);
        clock.advance(Duration.ofSeconds(1));
        traffic.seen(read(Direction.CLIENT_TO_SERVER, "a", List.of()));
        clock.advance(Duration.ofSeconds(11));
        assertThat(metrics.trouble()).contains("the recorder is 11 s behind");
    }

    @Test
    void isServedToWhoAsksAsItShould() throws Exception {
        try (MetricsServer server = MetricsServer.start(Endpoint.parse("tcp:127.0.0.1:0"), metrics)) {
            URI url = URI.create(server.url());

            HttpResponse<String> answer = ask(HttpRequest.newBuilder(url).GET());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(metrics.text());
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(ask(HttpRequest.newBuilder(url.resolve("/healthz"))).body())
                    .isEqualTo("ok\n");
            assertThat(ask(HttpRequest.newBuilder(url.resolve("/"))).statusCode())
                    .isEqualTo(404);
            assertThat(ask(HttpRequest.newBuilder(url).DELETE()).statusCode()).isEqualTo(405);

            state = new RecorderState(false, 3, 1000, TALLY);
            HttpResponse<String> ill = ask(HttpRequest.newBuilder(url.resolve("/healthz")));
            assertThat(ill.statusCode()).isEqualTo(503);
            assertThat(ill.body()).isEqualTo("the recorder is not running\n");
        }
    }

    @Test
    void isNotServedOnAUnixSocket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsServer.start(Endpoint.parse("unix:/m.sock"), metrics))
                .withMessage("metrics are served over TCP alone, not at unix:/m.sock: give tcp:127.0.0.1:PORT");
    }

    private void takenUpTo(long nanos) {
        state = new RecorderState(true, 0, 0, new Tally(nanos, false, 0, 0, Map.of(), Map.of()));
    }

    private String lag() {
        return metrics.text()
                .lines()
                .filter(line -> line.startsWith("qmptape_tape_lag_seconds "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    private Traffic.Read read(Direction direction, String text, List<DescriptorKind> descriptors) {
        return new Traffic.Read(SESSION, direction, clock.nanos(), Bytes.utf8(text), descriptors);
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
