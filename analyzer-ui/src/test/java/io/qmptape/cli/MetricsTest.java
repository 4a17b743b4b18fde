package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording as it is seen over HTTP, with a recorder in its own process as always. */
@Timeout(120)
class MetricsTest {
    private static final String SAMPLE = "[a-z_]+(\\{[a-z]+=\"[A-Za-z0-9./+-]+\"})? -?[0-9.]+";
    private static final String COMMENT = "# (HELP|TYPE) qmptape_[a-z_]+ .+";

    @TempDir
    Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI metrics = URI.create("http://127.0.0.1/");

    @Test
    void aScrapeTellsWhatPassedAndNamesNobody() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu, "--name", "machine-7");
                Wire client = Wire.to("unix:" + home.resolve("c.sock"))) {
            int received = client.line().length();
            String[] commands = {"qmp_capabilities", "query-status", "frobnicate"};
            for (String command : commands) {
                client.send("{\"execute\": \"" + command + "\", \"id\": \"marked-id\"}\n");
                received += client.line().length();
            }

            String text = await("/metrics", answer -> answer.body().contains("{kind=\"success\"} " + commands.length))
                    .body();

            assertThat(text.lines()).allMatch(line -> line.matches(SAMPLE) || line.matches(COMMENT));
            assertThat(text.lines())
                    .contains("qmptape_sessions_open 1", "qmptape_sessions_total 1", "qmptape_recorder_running 1")
                    .contains("qmptape_bytes_total{direction=\"s2c\"} " + received)
                    .contains("qmptape_messages_total{kind=\"command\"} " + commands.length)
                    .contains("qmptape_findings_total{rule=\"command/unknown\"} 1", "qmptape_gaps_total 0")
                    .anyMatch(line -> line.matches("qmptape_added_latency_seconds_count [1-9][0-9]*"));
            assertThat(text).doesNotContain("machine-7", "marked-id", "frobnicate", home.toString());
            assertThat(ask("/healthz").body()).isEqualTo("ok\n");
            recording.terminate().end().isFine();
        }
    }

    @Test
    void aTapeThatCannotBeWrittenIsToldUntilItCan() throws Exception {
        Path tape = home.resolve(".local/state/qmptape");
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu);
                Wire client = Wire.to("unix:" + home.resolve("c.sock"))) {
            client.line();
            await("/metrics", answer -> answer.body().contains("{kind=\"greeting\"} 1"));
            Files.move(tape, home.resolve("away"));
            Files.writeString(tape, "no directory");

            HttpResponse<String> ill = await("/healthz", answer -> {
                client.send("{}\n").line();
                return answer.statusCode() != 200;
            });
            assertThat(ill.statusCode()).isEqualTo(503);
            assertThat(ill.body()).isEqualTo("the tape cannot be written\n");
            assertThat(ask("/metrics").body()).contains("\nqmptape_tape_failing 1\n");

            Files.delete(tape);
            await("/healthz", answer -> answer.statusCode() == 200);
            await(
                    "/metrics",
                    answer -> answer.body().lines().anyMatch(line -> line.matches("qmptape_gaps_total [1-9]")));
            recording.terminate().end();
        }
    }

    @Test
    void aRecorderThatDiedIsCountedAndWhatItCountedStays() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu);
                Wire client = Wire.to("unix:" + home.resolve("c.sock"))) {
            client.line();
            client.send("{}\n").line();
            await("/metrics", answer -> answer.body().contains("{kind=\"success\"} 1"));

            recording.children().forEach(ProcessHandle::destroyForcibly);
            await("/metrics", answer -> answer.body().contains("\nqmptape_recorder_restarts_total 1\n"));
            client.send("{}\n").line();

            await("/metrics", answer -> answer.body().contains("{kind=\"success\"} 2"));
            await("/healthz", answer -> answer.statusCode() == 200);
            recording.terminate().end().isFine();
        }
    }

    @Test
    void saysWhereItCannotBeServed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String place = "tcp:127.0.0.1:" + taken.getLocalPort();
            tryToRecord("--metrics=" + place).complains("metrics cannot be served at " + place);
        }
        tryToRecord("--metrics=unix:/m.sock").complains("metrics are served over TCP alone");
    }

    private CommandLineRun tryToRecord(String option) {
        return CommandLineRun.of(home, "record", "--listen", home + "/c.sock", "--upstream", home + "/q.sock", option);
    }

    private ProcessRun record(FakeQemu qemu, String... more) throws IOException {
        String[] words = {
            "record",
            "--listen",
            home.resolve("c.sock").toString(),
            "--upstream",
            qemu.endpoint(),
            "--metrics=tcp:127.0.0.1:0"
        };
        ProcessRun recording = ProcessRun.start(
                home, Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new));
        String line = recording.awaitLine("metrics at ");
        metrics = URI.create(line.substring(line.indexOf("http:")));
        recording.awaitLine("recording unix:");
        return recording;
    }

    private HttpResponse<String> await(String path, Predicate<HttpResponse<String>> isIt) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HttpResponse<String> answer = ask(path);
        while (!isIt.test(answer)) {
            assertThat(System.nanoTime()).as("%s", answer.body()).isLessThan(deadline);
            answer = ask(path);
        }
        return answer;
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(metrics.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
