package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.testkit.Installed;
import io.qmptape.testkit.RealQemu;
import io.qmptape.transport.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of two recorded runs of one client, against a real QEMU, through every command. */
class WholeWayTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final PrintStream SILENT =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    private static Path home = Path.of("");

    @BeforeAll
    static void recordTwoRuns() throws Exception {
        record("one");
        record("two");
    }

    @Test
    void sessionsListsBoth() throws IOException {
        CommandLineRun table = run("sessions").isFine();
        List<JsonNode> json = json(run("sessions", "--json").isFine());

        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().get(1)).contains("one", "7.2", "26");
        assertThat(json).extracting(node -> node.get("machine").asText()).containsExactly("one", "two");
        assertThat(json).extracting(node -> node.get("messages").asInt()).hasSize(2);
        assertThat(json).extracting(node -> node.get("masked").asInt()).containsExactly(1, 1);
    }

    @Test
    void showPrintsAMessageALineWithLatenciesAndFindings() {
        CommandLineRun run = run("show", "latest").isFine();

        assertThat(run.out())
                .contains("machine  two", "-> command", "<- event", "warning args/type", "1 secret masked");
        assertThat(run.out())
                .containsPattern("<- success #2 +[0-9.]+ (µs|ms|s)  ")
                .doesNotContain("open sesame");
    }

    @Test
    void showAsJsonIsTheTranscript() throws IOException {
        CommandLineRun shown = run("show", "latest", "--json").isFine();
        CommandLineRun exported = run("export", "latest").isFine();

        assertThat(json(shown).get(0).get("qmptape").asText()).isEqualTo("transcript 1");
        assertThat(exported.stdout()).isEqualTo(shown.stdout());
        assertThat(exported.stderr()).contains("1 secret of it masked");
    }

    @Test
    void showRawPrintsTheCommandsOfTheClient() {
        CommandLineRun run = run("show", "latest", "--raw", "c2s").isFine();

        List<String> sent = new ArrayList<>(DemoClient.commands());
        assertThat(run.lines()).hasSameSizeAs(sent);
        assertThat(run.out()).doesNotContain("open sesame");
        sent.removeIf(command -> command.contains("open sesame"));
        assertThat(run.lines()).containsSubsequence(sent);
    }

    @Test
    void importIntoAnEmptyTapeKeepsEveryByte() throws IOException {
        Path file = home.resolve("kept.qmp.jsonl");
        String tape = home.resolve("empty").toString();
        run("export", "latest", "-o", file.toString()).isFine();

        CommandLineRun first = run("import", file.toString(), "--tape", tape).isFine();
        CommandLineRun second = run("import", file.toString(), "--tape", tape).isFine();

        assertThat(first.lines()).hasSize(1);
        assertThat(second.lines()).isEmpty();
        assertThat(second.stderr()).contains("is on the tape already");
        assertThat(run("sessions", "--tape", tape).isFine().lines()).hasSize(2);
        assertThat(run("export", "latest", "--tape", tape).isFine().stdout()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void searchFindsByItsFields() throws IOException {
        assertThat(found("command:query-status kind:command")).isEqualTo(4);
        assertThat(found("event:SHUTDOWN")).isEqualTo(2);
        assertThat(found("error.class:CommandNotFound")).isEqualTo(2);
        assertThat(found("arg.node-name:disk0")).isEqualTo(2);
        assertThat(found("vm:one kind:failure")).isGreaterThanOrEqualTo(2);
        assertThat(found("latency:>1us kind:success")).isGreaterThanOrEqualTo(8);
        assertThat(found("\"typing mistake\"")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void searchWithoutAMatchEndsWithOne() {
        CommandLineRun run = run("search", "command:never-sent").endsWith(1);

        assertThat(run.out()).isEmpty();
        assertThat(run.stderr()).isEqualToIgnoringNewLines("0 matches");
    }

    @Test
    void searchStopsAtItsLimit() {
        CommandLineRun run = run("search", "kind:command", "--limit", "3").isFine();

        assertThat(run.lines()).hasSize(3);
    }

    @Test
    void twoRunsOfOneClientDoNotDiffer() throws IOException {
        CommandLineRun run = run("diff", "latest~1", "latest").isFine();

        assertThat(run.out()).isEmpty();
        assertThat(run.stderr()).contains("12 same, 0 changed");
        assertThat(json(run("diff", "latest~1", "latest", "--json", "--all").isFine()))
                .hasSize(12);
    }

    @Test
    void aChangedArgumentIsADifference() throws IOException {
        Path changed = home.resolve("changed.qmp.jsonl");
        String text = run("export", "latest").isFine().out();
        Files.writeString(changed, text.replace("\"size\": \"2M\"", "\"size\": \"4M\""));

        CommandLineRun run = run("diff", "latest", changed.toString()).endsWith(1);

        assertThat(run.lines().get(0)).startsWith("~ ").contains("block_resize");
        assertThat(run.out()).contains("2M", "4M");
        JsonNode row = json(run("diff", "latest", changed.toString(), "--json").endsWith(1))
                .get(0);
        assertThat(row.get("is").asText()).isEqualTo("changed");
    }

    @Test
    void lintTellsFindingsAsTextAndJson() throws IOException {
        CommandLineRun run = run("lint", "latest").endsWith(1);

        assertThat(run.lines()).hasSize(2);
        assertThat(json(run("lint", "latest", "--json").endsWith(1)))
                .extracting(node -> node.get("rule").asText())
                .containsExactly("command/unknown", "args/type");
    }

    @Test
    void replayPlaysToTheSameClient() throws Exception {
        try (ProcessRun server = ProcessRun.start(home, "replay", "serve", "latest", "--listen", "tcp:127.0.0.1:0")) {
            String line = server.awaitLine("playing session");
            Endpoint endpoint = Endpoint.parse(line.substring(line.lastIndexOf(' ') + 1));

            CommandLineRun client = run("demo", "--client", endpoint.toString()).isFine();

            assertThat(client.out()).contains("greeting of QEMU 7.2", "event SHUTDOWN");
            assertThat(server.end().isFine().stderr()).contains("played to the end");
        }
    }

    @Test
    void replayPlaysToSocatFedTheCommandsLineByLine() throws Exception {
        Installed.require("socat", "qemu");
        Path commands = Files.write(
                home.resolve("commands"),
                run("show", "latest", "--raw", "c2s").isFine().stdout());
        Path socket = home.resolve("r.sock");
        try (ProcessRun server = ProcessRun.start(home, "replay", "serve", "latest", "--listen", "unix:" + socket)) {
            server.awaitLine("playing session");

            CommandLineRun socat = socat(commands, socket);

            assertThat(server.end().isFine().stderr()).contains("played to the end");
            assertThat(socat.out()).contains("\"QMP\"", "SHUTDOWN");
        }
    }

    @Test
    void aDivergenceIsReportedAndEndsWithOne() throws Exception {
        Installed.require("socat", "qemu");
        String commands = run("show", "latest", "--raw", "c2s").isFine().out();
        Path other = Files.writeString(home.resolve("other"), commands.replace("\"size\": \"2M\"", "\"size\": \"3M\""));
        Path socket = home.resolve("d.sock");
        try (ProcessRun server = ProcessRun.start(home, "replay", "serve", "latest", "--listen", "unix:" + socket)) {
            server.awaitLine("playing session");

            socat(other, socket);

            assertThat(server.end().endsWith(1).out()).contains("block_resize", "2M", "3M", "size");
        }
    }

    /** Records one run of the demo's client in a process of its own, which SIGTERM ends. */
    private static void record(String name) throws Exception {
        Path directory = Files.createDirectory(home.resolve("qemu-" + name));
        String[] machine = {
            "-blockdev", "driver=null-co,node-name=disk0,size=1048576,read-zeroes=on", "-S", "-name", name
        };
        try (RealQemu qemu = RealQemu.start(directory, machine);
                ProcessRun recording = ProcessRun.start(
                        home, "record", "--listen", "unix:" + directory + "/c.sock", "--upstream", qemu.endpoint())) {
            recording.awaitLine("recording unix:");
            try (DemoClient client = DemoClient.connect(Endpoint.parse(directory + "/c.sock"), LIMIT, SILENT)) {
                client.run();
            }
            recording.terminate().end().isFine();
            assertThat(directory.resolve("c.sock")).doesNotExist();
        }
    }

    private CommandLineRun socat(Path input, Path socket) throws IOException, InterruptedException {
        ProcessBuilder socat = new ProcessBuilder("socat", "-t", "5", "-", "UNIX-CONNECT:" + socket);
        return Shell.end(socat.redirectInput(input.toFile()), home);
    }

    private long found(String query) throws IOException {
        return json(run("search", query, "--json").isFine()).size();
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }

    private static List<JsonNode> json(CommandLineRun run) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : run.lines()) {
            nodes.add(MAPPER.readTree(line));
        }
        return nodes;
    }
}
