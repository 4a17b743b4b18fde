package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad usage: exit 2, one line on stderr, nothing on stdout, nothing half-written. */
class BadInputTest {
    @TempDir
    private Path home;

    @BeforeEach
    void recordOneSession() throws IOException {
        run("import", Bundled.copiedTo(home.resolve("one.qmp.jsonl"))).isFine();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--nope                                          | Unknown option: '--nope' (see qmptape --help)",
                "show --nope latest                              | Unknown option: '--nope' (see qmptape show --help)",
                "nope                                            | there is no command 'nope'",
                "serch x                                         | did you mean",
                "catalog shaw                                    | there is no command 'shaw'",
                "show                                            | Missing required parameter: 'S'",
                "show latest latest                              | Unmatched argument",
                "diff latest                                     | Missing required parameter: 'B'",
                "record --listen /tmp/x                          | Missing required option: '--upstream=E'",
                "replay                                          | Missing required subcommand",
                "replay serve latest                             | Missing required option: '--listen=E'",
                "record --listen foo:bar --upstream /x           | 'foo:bar' is no endpoint",
                "record --listen tcp:127.0.0.1:99999 --upstream x | not 99999",
                "record --listen /x --upstream /y --grace -1     | -1.0 is no time to wait",
                "show zzzz                                       | 'zzzz' names no session",
                "show lat                                        | 'lat' names no session",
                "show f297                                       | OK",
                "show latest~7                                   | the tape holds 1",
                "show latest --raw up                            | 'up' is no direction",
                "export nowhere/none.qmp.jsonl                   | there is no file nowhere/none.qmp.jsonl",
                "catalog show query-nothing                      | no command or event 'query-nothing'",
                "search x --limit 0                              | --limit must be 1 or more, not 0",
                "search x --limit ten                            | 'ten' is not an int",
                "search stop (command:quit                       | query, column 6",
                "search latency:>soon                            | query, column",
                "sessions --tape /nonexistent/tape               | there is no tape in /nonexistent/tape",
                "search x --tape /nonexistent/tape               | there is no tape in /nonexistent/tape",
                "ui --tape /nonexistent/tape                     | there is no tape in /nonexistent/tape",
                "ui --port 99999                                 | a port is 0 to 65535, not 99999",
                "import /dev/null                                | it is no file that can be read twice",
                "import --format transcript /dev/null            | /dev/null:1: the file is empty",
                "verify --tape /nonexistent/tape                 | there is no tape in /nonexistent/tape",
                "repair --tape /nonexistent/tape                 | there is no tape in /nonexistent/tape",
                "prune                                           | prune needs a limit",
                "prune --keep-age soon                           | 'soon' is no amount",
                "pack --older-than soon                          | 'soon' is no amount",
                "record --listen /x --upstream /y --pack-after now | 'now' is no amount",
                "pin zzzz                                        | 'zzzz' names no session",
                "delete zzzz                                     | 'zzzz' names no session",
                "record --listen /x --upstream /y --sync often   | 'often' is no amount",
                "record --listen /x --upstream /y --keep-size much | 'much' is no amount",
                "demo --client unix:/nonexistent/s               | No such file or directory",
            })
    void isToldInOneLine(String args, String words) {
        CommandLineRun run = run(args.split(" +", -1));

        if (words.equals("OK")) {
            run.isFine();
        } else {
            run.complains(words);
        }
    }

    @Test
    void noArgumentsShowTheUsage() {
        CommandLineRun run = run().endsWith(2);

        assertThat(run.out()).isEmpty();
        assertThat(run.stderr()).startsWith("Usage: qmptape").contains("record", "replay", "search");
    }

    @Test
    void aPrefixOfTwoSessionsIsAmbiguous() throws IOException {
        String text = Files.readString(home.resolve("one.qmp.jsonl"));
        Path sibling = home.resolve("two.qmp.jsonl");
        Files.writeString(
                sibling, text.replace(Bundled.ID, Bundled.ID.substring(0, 8) + "-0000-4000-8000-000000000000"));
        run("import", sibling.toString()).isFine();

        run("show", Bundled.ID.substring(0, 6)).complains(Bundled.ID.substring(0, 6));
    }

    @Test
    void listeningInAMissingDirectoryIsRefused() {
        record(home.resolve("missing/c.sock").toString()).complains("missing does not exist");
    }

    @Test
    void listeningOnARegularFileIsRefusedAndTheFileStays() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "precious");

        record(file.toString()).complains("no socket");

        assertThat(file).hasContent("precious");
    }

    @Test
    void listeningOnALiveSocketIsRefusedAndTheSocketLives() throws IOException {
        Path socket = home.resolve("live.sock");
        try (ServerSocketChannel live = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            live.bind(UnixDomainSocketAddress.of(socket));

            record(socket.toString()).complains("live.sock");

            assertThat(socket).exists();
        }
    }

    @Test
    void anEndpointThatCannotBeBoundLeavesNoReel() throws IOException {
        Path tape = home.resolve("tape");

        run("record", "--listen", home + "/missing/c.sock", "--upstream", "/x", "--tape", tape.toString())
                .complains("missing");

        try (Stream<Path> reels = Files.list(tape.resolve("reels"))) {
            assertThat(reels).isEmpty();
        }
    }

    @Test
    void aFileInTheWayOfTheTapeIsTold() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "precious");
        Path session = home.resolve("one.qmp.jsonl");

        run("import", session.toString(), "--tape", file.toString()).complains("is in the way");
        run("import", session.toString(), "--tape", file + "/below").complains("is in the way");
        run("record", "--listen", home + "/c", "--upstream", "/x", "--tape", file.toString())
                .complains("is in the way");
        run("sessions", "--tape", file.toString()).complains("file");

        assertThat(file).hasContent("precious");
    }

    @Test
    void aBrokenTranscriptIsToldWithItsLine() throws IOException {
        Path broken = brokenAt(5);

        run("show", broken.toString()).complains(broken + ":5: ");
        run("replay", "serve", broken.toString(), "--listen", home + "/r").complains(broken + ":5: ");
    }

    @Test
    void importOfABrokenFileAmongGoodOnesMakesNoTape() throws IOException {
        Path tape = home.resolve("fresh");

        run("import", home.resolve("one.qmp.jsonl").toString(), brokenAt(3).toString(), "--tape", tape.toString())
                .complains(":3: ");

        assertThat(tape).doesNotExist();
    }

    @Test
    void exportToWhereNoFileCanBeLeavesNothing() throws IOException {
        Path directory = Files.createDirectory(home.resolve("directory"));
        // what is known of a tape is kept in the cache from the first look on
        run("sessions").isFine();
        List<String> before = names();

        run("export", "latest", "-o", directory.toString()).complains("it is a directory");
        run("export", "latest", "-o", home + "/missing/s.jsonl").complains("there is no directory");
        run("export", "latest", "-o", home + "/one.qmp.jsonl/s.jsonl").complains("there is no directory");
        run("export", "latest", "-o", "/dev/full/s").complains("there is no directory");

        assertThat(directory).isEmptyDirectory();
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aPortInUseIsToldBeforeAnythingIsRecorded() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            String words = "cannot listen on 127.0.0.1:" + port;

            process("ui", "--port", port).complains(words);
            process("demo", "--once", "--port", port).complains(words);
            process("record", "--listen", home + "/c", "--upstream", "/x", "--ui", port)
                    .complains(words);
            run("replay", "serve", "latest", "--listen", "tcp:127.0.0.1:" + port)
                    .complains("cannot listen on tcp:127.0.0.1:" + port);
        }

        assertThat(home.resolve("c")).doesNotExist();
        assertThat(run("sessions").isFine().lines()).hasSize(2);
    }

    @Test
    void aReaderThatHadEnoughGetsNoStackTrace() throws IOException, InterruptedException {
        CommandLineRun run = Shell.run(home, "\"$@\" | head -n 1", "show", "latest", "--json");

        assertThat(run.lines()).hasSize(1);
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void aFullDiskUnderStdoutIsTold() throws IOException, InterruptedException {
        CommandLineRun run = Shell.run(home, "\"$@\" > /dev/full", "catalog", "list");

        run.complains("cannot write to stdout");
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }

    private CommandLineRun process(String... args) throws IOException, InterruptedException {
        try (ProcessRun process = ProcessRun.start(home, args)) {
            return process.end();
        }
    }

    private CommandLineRun record(String listen) {
        return run("record", "--listen", listen, "--upstream", "unix:" + home + "/q.sock");
    }

    private Path brokenAt(int line) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(home.resolve("one.qmp.jsonl")));
        lines.set(line - 1, "{\"seq\": what");
        return Files.write(home.resolve("broken.qmp.jsonl"), lines);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
