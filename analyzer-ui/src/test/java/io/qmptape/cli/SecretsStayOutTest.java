package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.testkit.RealQemu;
import io.qmptape.transport.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sensitive command, sent to a real QEMU through a recorder: its secret stands in nothing that the software wrote. */
class SecretsStayOutTest {
    private static final long SEED = new Random().nextLong();

    @TempDir
    private static Path scratch = Path.of("");

    private static Path home = Path.of("");
    private static SentSecrets usual = new SentSecrets(SEED, List.of());
    private static SentSecrets all = usual;
    private static final List<String> TALK = new ArrayList<>();

    @BeforeAll
    static void recordTwoSessions() throws Exception {
        home = Files.createDirectory(scratch.resolve("home"));
        usual = new SentSecrets(SEED, SensitiveCommands.USUAL);
        all = new SentSecrets(
                SEED + 1,
                Stream.concat(SensitiveCommands.USUAL.stream(), SensitiveCommands.OPTIONAL.stream())
                        .toList());
        TALK.add(record("compact", home, usual));
        TALK.add(record(
                "pretty",
                home,
                all,
                "--mask-also=typed-keys,ring-buffers,memory,attestation,personal",
                "--mask-rule=x-login arguments.pin"));
        System.out.println("seed of the secrets: " + SEED);
    }

    @Test
    void noFileHoldsOne() throws IOException {
        run("search", "kind:command");

        assertThat(written(home)).hasSizeGreaterThan(5);
        assertThat(found(written(home))).isEmpty();
    }

    @Test
    void theRecorderSaysNone() {
        assertThat(found(Map.of("stderr", String.join("\n", TALK)))).isEmpty();
    }

    @Test
    void noCommandPrintsOne() {
        Map<String, String> printed = new LinkedHashMap<>();
        for (String line : List.of(
                "sessions --json",
                "show latest",
                "show latest~1",
                "show latest --json",
                "show latest --raw c2s",
                "show latest~1 --raw s2c",
                "export latest",
                "export latest~1",
                "lint latest",
                "lint latest~1 --json",
                "diff latest latest~1 --all",
                "diff latest latest~1 --json",
                "search kind:command --json --limit 1000",
                "search kind:failure --json --limit 1000",
                "search has:masked --limit 1000")) {
            CommandLineRun run = run(line.split(" ", -1));
            assertThat(run.code()).as(line).isLessThan(2);
            printed.put(line, run.out() + run.stderr());
        }

        assertThat(found(printed)).isEmpty();
    }

    @Test
    void searchFindsNone() {
        List<String> words = usual.marks().keySet().stream()
                .filter(mark -> mark.startsWith("k"))
                .toList();
        for (int from = 0; from < words.size(); from += 50) {
            List<String> some = words.subList(from, Math.min(words.size(), from + 50));

            CommandLineRun run = run("search", String.join(" OR ", some));

            assertThat(run.endsWith(Qmptape.DIFFERENT).out()).isEmpty();
        }
    }

    @Test
    void noAnswerOfThePageHoldsOne() throws Exception {
        Places places = Places.of(Map.of(), home);
        try (AnalyzerPage page = new AnalyzerPage(places, new Tape(places.tape(), new ChronicleReels()), 0)) {
            page.start();
            Map<String, String> answers = new PageAnswers(page.url() + "api/v1/").all();

            assertThat(answers).hasSizeGreaterThan(400);
            assertThat(found(answers)).isEmpty();
        }
    }

    @Test
    void theSessionPlaysToAClientThatSendsTheRealOnes() throws Exception {
        try (ProcessRun server = ProcessRun.start(home, "replay", "serve", "latest~1", "--listen", "tcp:127.0.0.1:0")) {
            String line = server.awaitLine("playing session");

            usual.sendTo(line.substring(line.lastIndexOf(' ') + 1));

            assertThat(server.end().isFine().stderr()).contains("played to the end");
        }
    }

    @Test
    void aWrongOneIsADivergenceThatDoesNotTellIt() throws Exception {
        SentSecrets wrong = new SentSecrets(SEED + 2, SensitiveCommands.USUAL);
        try (ProcessRun server = ProcessRun.start(home, "replay", "serve", "latest~1", "--listen", "tcp:127.0.0.1:0")) {
            String line = server.awaitLine("playing session");

            assertThatThrownBy(() -> wrong.sendTo(line.substring(line.lastIndexOf(' ') + 1)));

            CommandLineRun run = server.end().endsWith(Qmptape.DIFFERENT);
            assertThat(run.out()).contains("$.arguments.password", "(hidden)");
            assertThat(wrong.traces().keySet()).noneMatch(run.out()::contains);
        }
    }

    /** The search is not blind: without masking it finds what it looks for. */
    @Test
    void inClearEachOneIsThere() throws Exception {
        Path clear = Files.createDirectory(scratch.resolve("clear"));
        String said = record("clear", clear, usual, "--no-redact");

        Tape tape = new Tape(Places.of(Map.of(), clear).tape(), new ChronicleReels());
        RecordedSession session =
                RecordedSession.load(tape.session(tape.find("latest").id()));
        String sent = Bytes.join(session.frames().stream()
                        .map(FrameRecorded::frame)
                        .filter(frame -> frame.direction() == Direction.CLIENT_TO_SERVER)
                        .map(Frame::bytes)
                        .toList())
                .text();

        assertThat(said).contains("warning: --no-redact");
        assertThat(CommandLineRun.of(clear, "show", "latest").isFine().out()).contains("masking  none");
        assertThat(usual.marks().keySet().stream()
                        .filter(SecretsStayOutTest::wasSentAsItIs)
                        .filter(mark -> !sent.contains(mark)))
                .isEmpty();
    }

    /** Of what was sent in base64 or escapes, the plain form need not pass the monitor. */
    private static boolean wasSentAsItIs(String mark) {
        String text = usual.marks().getOrDefault(mark, "");
        return text.contains("@m") || text.contains("@n") || !mark.startsWith("k");
    }

    private static String record(String name, Path home, SentSecrets secrets, String... options) throws Exception {
        Path directory = Files.createDirectory(scratch.resolve("qemu-" + name));
        Path pretty = directory.resolve("pretty.sock");
        String[] machine = {
            "-name",
            name,
            "-vnc",
            "unix:" + directory.resolve("vnc.sock") + ",password=on",
            "-object",
            "secret,id=sec0,data=of-the-command-line",
            "-chardev",
            "ringbuf,id=ring0,size=4096",
            "-blockdev",
            "driver=null-co,node-name=disk0,size=1048576,read-zeroes=on",
            "-chardev",
            "socket,id=p,path=" + pretty + ",server=on,wait=off",
            "-mon",
            "chardev=p,mode=control,pretty=on"
        };
        try (RealQemu qemu = RealQemu.start(directory, machine)) {
            List<String> args = new ArrayList<>(List.of("record", "--listen", "unix:" + directory + "/c.sock"));
            args.addAll(List.of("--upstream", name.equals("pretty") ? "unix:" + pretty : qemu.endpoint()));
            args.addAll(List.of(options));
            try (ProcessRun recording = ProcessRun.start(home, args.toArray(String[]::new))) {
                boolean isWarned = List.of(options).contains("--no-redact");
                String begun = isWarned ? recording.awaitLine("warning") : "";
                begun += recording.awaitLine("recording unix:");
                secrets.sendTo(Endpoint.parse(directory + "/c.sock").toString());
                CommandLineRun run = recording.terminate().end().isFine();
                return begun + run.out() + run.stderr();
            }
        }
    }

    /** All files below a directory, byte for byte a character. */
    private static Map<String, String> written(Path directory) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(Files::isRegularFile).forEach(file -> files.put(file.toString(), content(file)));
        }
        return files;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Map<String, String> texts) {
        List<String> found = new ArrayList<>();
        Stream.of(usual, all)
                .flatMap(sent -> sent.traces().entrySet().stream())
                .forEach(mark -> texts.forEach((place, text) -> {
                    if (text.contains(mark.getKey())) {
                        int at = text.indexOf(mark.getKey());
                        String around = text.substring(Math.max(0, at - 120), at);
                        found.add(mark.getKey() + " of " + mark.getValue() + " in " + place + " behind " + around);
                    }
                }));
        return found;
    }

    private static CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
