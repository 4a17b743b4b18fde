package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.Tape;
import io.qmptape.store.care.Packing;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.files.PrivateFiles;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that care for a tape, as a person gives them. */
class CareTest {
    private static final String OTHER = "0a0a0a0a-1ca8-4dfb-ab47-4cb660738205";

    @TempDir
    private Path home;

    @BeforeEach
    void importTwoSessions() throws IOException {
        Path one = Path.of(Bundled.copiedTo(home.resolve("one.qmp.jsonl")));
        Path other = Files.writeString(
                home.resolve("other.qmp.jsonl"), Files.readString(one).replace(Bundled.ID, OTHER));
        run("import", one.toString()).isFine();
        run("import", other.toString()).isFine();
    }

    @Test
    void verifyFindsASoundTapeSoundAndPrintsItsHead() {
        CommandLineRun run = run("verify").isFine();

        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).isEqualTo("2 reels, 2 sessions, 62 records: sound");
        assertThat(run.lines().get(1)).matches("head 2:[0-9a-f]{64}");
        run("verify", "--expect", run.lines().get(1).substring("head ".length()))
                .isFine();
    }

    @Test
    void verifyNamesWhatIsBrokenAndRepairMendsIt() throws IOException {
        damage(queueFile());

        CommandLineRun broken = run("verify").endsWith(1);
        assertThat(broken.lines().get(0)).startsWith("reel ").contains("was changed");
        assertThat(broken.lines()).anyMatch(line -> line.matches("reel .*, record \\d+ \\(\\d+\\.cq4 at \\d+\\).*"));
        assertThat(broken.stderr()).contains("qmptape repair");

        CommandLineRun repair = run("repair").isFine();
        assertThat(repair.out()).contains("anew", "1 are lost");
        run("verify").isFine();
        assertThat(run("repair").isFine().stderr()).contains("nothing to repair");
        assertThat(run("sessions").isFine().lines()).hasSize(3);
    }

    @Test
    void verifyMissesWhatWasCutOffOnlyWithoutAHeadFromElsewhere() throws IOException {
        String head = run("verify").lines().get(1).substring("head ".length());
        Path ledger = tape().directory().resolve("ledger");
        Files.writeString(ledger, Files.readAllLines(ledger).get(0) + "\n");
        Path last = tape().reels().path(tape().reelNames().get(1));
        PrivateFiles.deleteTree(last);

        run("verify").isFine();
        assertThat(run("verify", "--expect", head).endsWith(1).out()).contains("its end was cut off");
    }

    @Test
    void deleteTakesWhatWasNamedAndVerifyTellsOfIt() {
        CommandLineRun run = run("delete", "latest", "latest~1").isFine();

        assertThat(run.stderr()).contains(OTHER, Bundled.ID, "31 records");
        assertThat(run("sessions").stderr()).contains("No sessions yet");
        assertThat(run("verify").isFine().stderr().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("deleted by ") && line.contains("31 records of 1 sessions"));
        assertThat(run("search", "kind:command").endsWith(1).out()).isEmpty();
    }

    @Test
    void deleteDoesNothingIfOneNameIsWrong() {
        run("delete", "latest", "zzzz").complains("'zzzz' names no session");

        assertThat(run("sessions").isFine().lines()).hasSize(3);
    }

    @Test
    void pruneKeepsWhatIsPinned() {
        run("pin", OTHER.substring(0, 6)).isFine();
        assertThat(run("pin").isFine().lines()).containsExactly(OTHER);

        CommandLineRun dry = run("prune", "--keep-size", "1k", "--dry-run").isFine();
        assertThat(dry.lines()).singleElement().asString().startsWith(Bundled.ID);
        assertThat(run("sessions").lines()).hasSize(3);

        assertThat(run("prune", "--keep-size", "1k").isFine().out()).isEqualTo(dry.out());
        assertThat(run("sessions").lines()).hasSize(2);
        run("pin", "--off", OTHER).isFine();
        assertThat(run("pin").isFine().out()).isEmpty();
        run("prune", "--keep-size", "1k").isFine();
        assertThat(run("sessions").isFine().out()).isEmpty();
    }

    @Test
    void packMakesTheTapeSmallerAndChangesNothingElse() {
        String sessions = run("sessions").isFine().out();
        String shown = run("show", "latest").isFine().out();
        String head = run("verify").isFine().out();

        CommandLineRun dry = run("pack", "--dry-run").isFine();
        assertThat(dry.lines()).hasSize(2);
        assertThat(dry.stderr()).startsWith("would pack 2 reels of about ");
        assertThat(run("pack", "--older-than", "1d").isFine().stderr()).startsWith("packed 0 reels");
        CommandLineRun pack = run("pack", "--json").isFine();
        assertThat(pack.lines())
                .hasSize(2)
                .allMatch(line -> line.matches("\\{\"reel\":\".+\",\"before\":\\d+,\"after\":\\d+}"));
        assertThat(pack.stderr()).startsWith("packed 2 reels: about ");

        assertThat(run("pack").isFine().out()).isEmpty();
        assertThat(run("sessions").isFine().out()).isEqualTo(sessions);
        assertThat(run("show", "latest").isFine().out()).isEqualTo(shown);
        assertThat(run("verify").isFine().out()).isEqualTo(head);
        assertThat(run("search", "kind:greeting").isFine().lines()).hasSize(2);
        run("delete", "latest").isFine();
        run("verify").isFine();
    }

    @Test
    void packLeavesAndNamesWhatIsNotAsItWasSealed() throws IOException {
        damage(queueFile());

        CommandLineRun pack = run("pack").endsWith(1);

        assertThat(pack.lines()).hasSize(1);
        assertThat(pack.stderr()).contains("left the reel " + tape().reelNames().get(0), "packed 1 reel:");
        assertThat(run("verify").endsWith(1).out()).contains("was changed");
    }

    @Test
    void recordPacksWhatIsOldUnlessItIsToldNotTo() throws Exception {
        List<String> reels = tape().reelNames();
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun never = record(home.resolve("c.sock"), qemu, "--pack-after", "never")) {
            never.awaitLine("recording unix:");
            never.terminate().end().isFine();
            assertThat(new Packing(tape()).due(Duration.ZERO, Instant.now())).isEqualTo(reels);

            try (ProcessRun atOnce = record(home.resolve("c.sock"), qemu, "--pack-after", "0s")) {
                atOnce.awaitLine("recording unix:");
                await(() ->
                        new Packing(tape()).due(Duration.ZERO, Instant.now()).isEmpty());
                atOnce.terminate().end().isFine();
            }
        }
        run("verify").isFine();
    }

    @Test
    void redactMasksWhatWasRecordedInClear() throws IOException {
        Path clear = Files.writeString(
                home.resolve("clear.qmp.jsonl"),
                Files.readString(home.resolve("one.qmp.jsonl"))
                        .replace(Bundled.ID, "0b0b0b0b-1ca8-4dfb-ab47-4cb660738205")
                        .replace(
                                "{\"execute\": \"query-statsu\", \"id\": \"a typing mistake\"}",
                                "{\"execute\": \"x-login\", \"arguments\": {\"pin\": \"4711-hush\"}}"));
        run("import", clear.toString()).isFine();
        assertThat(run("show", "--unfold", "latest").isFine().out()).contains("4711-hush");

        CommandLineRun run =
                run("redact", "--mask-rule", "x-login arguments.pin", "latest").isFine();

        assertThat(run.stderr()).contains("1 more secret masked");
        assertThat(run("show", "--unfold", "latest").isFine().out()).doesNotContain("4711-hush");
        assertThat(holding("4711-hush", home.resolve(".local"))).isEmpty();
        assertThat(run("verify").isFine().stderr()).contains("redacted by");
    }

    @Test
    void redactAndDeleteCleanWhatHasEndedWhileTheRecorderGoesOn() throws Exception {
        String command = "{\"execute\": \"set_password\", \"arguments\": {\"password\": \"4711-hush\"}}\n";
        Path socket = home.resolve("c.sock");
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun recorder = record(socket, qemu, "--no-redact")) {
            recorder.awaitLine("recording unix:");
            for (int session = 3; session <= 4; session++) {
                try (Wire client = Wire.to("unix:" + socket);
                        Wire monitor = qemu.accept()) {
                    client.send(command);
                    assertThat(monitor.line()).contains("4711-hush");
                }
                awaitSessions(session);
                awaitEnd();
            }
            try (Wire client = Wire.to("unix:" + socket);
                    Wire monitor = qemu.accept()) {
                client.send("{\"execute\": \"query-status\"}\n");
                monitor.line();
                awaitSessions(5);
                assertThat(holding("4711-hush", home.resolve(".local"))).hasSize(1);

                run("redact", "latest").complains("is still being recorded");
                CommandLineRun redact = run("redact", "latest~1").isFine();
                CommandLineRun delete = run("delete", "latest~2").isFine();

                assertThat(redact.stderr()).contains("waiting for the recorder of the reel", "1 more secret masked");
                assertThat(delete.stderr()).doesNotContain("waiting").contains("deleted session");
                assertThat(holding("4711-hush", home.resolve(".local"))).isEmpty();
                run("verify").isFine();
                client.send("{\"execute\": \"query-name\"}\n");
                assertThat(monitor.line()).contains("query-name");
            }
            recorder.terminate().end().isFine();
        }
        assertThat(run("show", "latest").isFine().out())
                .contains("query-status", "query-name")
                .doesNotContain("gap");
        run("verify").isFine();
    }

    @Test
    void theNextRecorderClosesWhatADeadOneLeftOpen() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"))) {
            Path socket = home.resolve("c.sock");
            try (ProcessRun recorder = record(socket, qemu)) {
                recorder.awaitLine("recording unix:");
                try (Wire client = Wire.to("unix:" + socket)) {
                    client.send("{\"execute\": \"query-status\"}\n");
                    qemu.accept().line();
                    awaitSessions(3);
                    recorder.children().forEach(ProcessHandle::destroyForcibly);
                    recorder.kill();
                }
            }
            assertThat(run("sessions").isFine().lines()).last().asString().endsWith("open");

            try (ProcessRun next = record(socket, qemu)) {
                next.awaitLine("recording unix:");
                awaitEnd();
                next.terminate().end().isFine();
            }
        }
        assertThat(run("sessions").isFine().lines()).last().asString().endsWith("recorder died");
        run("verify").isFine();
    }

    @Test
    void theRecorderEndsWhatItsRelayLeftOpenWhenThatDied() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"))) {
            Path socket = home.resolve("c.sock");
            try (ProcessRun recorder = record(socket, qemu)) {
                recorder.awaitLine("recording unix:");
                try (Wire client = Wire.to("unix:" + socket)) {
                    client.send("{\"execute\": \"query-status\"}\n");
                    qemu.accept().line();
                    awaitSessions(3);
                    recorder.kill();
                    awaitEnd();
                }
            }
        }
        assertThat(run("sessions").isFine().lines()).last().asString().endsWith("relay died");
        run("verify").isFine();
    }

    @Test
    void nothingThatARelayStartedOutlivesIt() throws Exception {
        List<ProcessHandle> started;
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(home.resolve("c.sock"), qemu, "--ui", "0")) {
            relay.awaitLine("recording unix:");
            started = relay.children();
            relay.kill();
        }

        assertThat(started).as("a recorder and a page").hasSize(2);
        for (ProcessHandle one : started) {
            one.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private ProcessRun record(Path socket, FakeQemu qemu, String... more) throws IOException {
        List<String> args =
                new ArrayList<>(List.of("record", "--listen", "unix:" + socket, "--upstream", qemu.endpoint()));
        args.addAll(List.of(more));
        return ProcessRun.start(home, args.toArray(String[]::new));
    }

    private void awaitSessions(int count) {
        await(() -> tape().sessions().size() == count
                && tape().sessions().get(count - 1).frames() > 0);
    }

    private void awaitEnd() {
        await(() -> tape().sessions().stream().noneMatch(session -> session.isOpen()));
    }

    private static void await(BooleanSupplier isSo) {
        long limit = System.nanoTime() + 30_000_000_000L;
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private static List<Path> holding(String text, Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path queueFile() throws IOException {
        Path reel = tape().reels().path(tape().reelNames().get(0));
        try (Stream<Path> files = Files.list(reel)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** In the middle of a message. */
    private static void damage(Path file) throws IOException {
        int at = read(file).indexOf("query-named-block-nodes");
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write('X');
        }
    }

    private Tape tape() {
        return new Tape(home.resolve(".local/state/qmptape"), new ChronicleReels());
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
