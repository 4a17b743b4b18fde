package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.testkit.Installed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other tools' recordings, in and out, by the command line. */
class ForeignTest {
    private static final Path DISSECTOR = Path.of("../samples/wireshark/qmp.lua");

    @TempDir
    private Path home = Path.of("");

    private String messages = "";

    @BeforeEach
    void writeMessages() throws IOException {
        messages = Files.writeString(home.resolve("said.log"), """
                        {"dir":"s2c","msg":{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}}}}}
                        {"dir":"c2s","msg":{"execute": "qmp_capabilities"}}
                        {"dir":"s2c","msg":{"return": {}}}
                        {"dir":"c2s","msg":{"execute": "set_password", "arguments": {"password": "open sesame"}, "id": 1}}
                        {"dir":"s2c","msg":{"id": 1, "error": {"class": "GenericError", "desc": "Could not set password"}}}
                        """).toString();
    }

    @Test
    void importPrintsTheIdsOfWhatItMakesAndMakesItOnce() {
        CommandLineRun first = run("import", messages, "--name", "web-01").isFine();
        CommandLineRun second = run("import", messages).isFine();

        assertThat(first.lines()).hasSize(1);
        assertThat(second.lines()).isEmpty();
        assertThat(second.stderr()).contains("is on the tape already");
        assertThat(run("show", first.lines().get(0)).isFine().out())
                .contains("machine  web-01, QEMU 7.2.22", "origin   messages", "-> command", "1 secret masked")
                .doesNotContain("sesame");
    }

    @Test
    void whatIsNotUnderstoodIsToldByLineAndTheRestIsImported() throws IOException {
        Files.writeString(
                Path.of(messages), "what sesame\n{\"dir\":\"c2s\",\"msg\":{sesame}}\n", StandardOpenOption.APPEND);

        CommandLineRun run = run("import", messages).endsWith(Qmptape.DIFFERENT);

        assertThat(run.lines()).hasSize(1);
        assertThat(run.stderr().lines()).hasSize(2);
        assertThat(run.stderr()).contains(messages + ":6: ", messages + ":7: ").doesNotContain("sesame");
    }

    @Test
    void aFileThatIsNothingKnownAmongGoodOnesMakesNoTape() throws IOException {
        Path tape = home.resolve("fresh");
        String diary = Files.writeString(home.resolve("diary"), "Dear diary,\n").toString();

        run("import", messages, diary, "--tape", tape.toString()).complains("cannot tell what " + diary + " is");
        run("import", messages, "--format", "incus", "--tape", tape.toString())
                .complains("nothing in " + messages + " is QMP");
        run("import", messages, "--format", "tar", "--tape", tape.toString()).complains("there is no format 'tar'");
        run("import", home + "/missing", "--tape", tape.toString()).complains("there is no file");
        run("import", home.toString(), "--tape", tape.toString()).complains("no file that can be read twice");

        assertThat(tape).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replies", "jsonl", "pcapng", "qmp-shell", "html"})
    void secretsStayMaskedInEveryFormAndTheirNumberIsTold(String format) {
        run("import", messages).isFine();

        CommandLineRun exported = run("export", "latest", "--format", format).isFine();

        assertThat(exported.out()).doesNotContain("sesame");
        assertThat(exported.stdout()).hasSizeGreaterThanOrEqualTo(format.equals("qmp-shell") ? 0 : 100);
        assertThat(exported.stderr()).contains("1 secret of it masked");
    }

    @Test
    void theFormIsThatOfTheFilesName() throws IOException {
        run("import", messages).isFine();

        assertThat(exported("a.html")).startsWith("<!DOCTYPE html>");
        assertThat(exported("a.replies")).startsWith("{\n  \"execute\"");
        assertThat(exported("a.qmp.jsonl")).startsWith("{\"qmptape\"");
        assertThat(exported("a.txt")).startsWith("{\"qmptape\"");
        run("export", "latest", "--format", "tar").complains("there is no format 'tar'; there are transcript, ");
    }

    @Test
    void exportSaysWhatAFormHasNoRoomFor() {
        run("import", messages).isFine();

        assertThat(run("export", "latest", "--format", "replies").isFine().stderr())
                .contains("not in it: 1 greeting");
        assertThat(run("export", "latest", "--format", "qmp-shell").isFine().stderr())
                .contains("not in it: 1 command that qmp-shell cannot say (#4)", "3 server messages");
    }

    @Test
    void aReplyOfProbesGoesOutAsItCameIn() throws IOException {
        Path file = home.resolve("probe.replies");
        String probe = """
                {
                  "execute": "qmp_capabilities",
                  "id": "libvirt-1"
                }

                {
                  "return": {
                  },
                  "id": "libvirt-1"
                }
                """;
        Files.writeString(file, probe);

        run("import", file.toString()).isFine();

        assertThat(run("export", "latest", "--format", "replies").isFine().out())
                .isEqualTo(probe);
    }

    @Test
    void tsharkReadsTheCaptureWithTheDissector() throws Exception {
        Path tshark = Installed.require("tshark", "tshark");
        String recording = copied("c-blockjobs-1.jsonl");
        run("import", recording).isFine();
        Path capture = home.resolve("c.pcapng");
        run("export", "latest", "-o", capture.toString()).isFine();
        long commands = run("export", "latest", "--format", "jsonl").isFine().lines().stream()
                .filter(line -> line.contains("\"dir\":\"c2s\""))
                .count();

        List<String> kinds = tshark(tshark, capture, "-T", "fields", "-e", "qmp.kind");
        List<String> damaged = tshark(
                tshark,
                capture,
                "-o",
                "tcp.check_checksum:TRUE",
                "-Y",
                "tcp.checksum.status==0 || tcp.analysis.lost_segment || _ws.malformed");

        assertThat(kinds.stream().flatMap(line -> Stream.of(line.split(",", -1))))
                .filteredOn("command"::equals)
                .hasSize((int) commands);
        assertThat(kinds).contains("greeting", "event", "success");
        assertThat(damaged).isEmpty();
        assertThat(tshark(
                        tshark, capture, "-Y", "qmp.event==\"BLOCK_JOB_COMPLETED\"", "-T", "fields", "-e", "qmp.event"))
                .isNotEmpty()
                .allMatch(event -> event.contains("BLOCK_JOB_COMPLETED"));
    }

    private List<String> tshark(Path program, Path capture, String... options) throws Exception {
        Path out = Files.createTempFile(home, "tshark", ".txt");
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "-X", "lua_script:" + DISSECTOR, "-r", capture.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    @Test
    void messagesForScriptsAreJsonALine() throws IOException {
        run("import", messages).isFine();

        for (String line : run("export", "latest", "--format", "jsonl").isFine().lines()) {
            assertThat(new ObjectMapper().readTree(line).fieldNames())
                    .toIterable()
                    .containsExactly("time", "dir", "msg");
        }
    }

    private String copied(String recording) throws IOException {
        Path file = home.resolve(recording);
        try (InputStream in =
                Objects.requireNonNull(ForeignTest.class.getResourceAsStream("/recordings/" + recording), recording)) {
            Files.copy(in, file);
        }
        return file.toString();
    }

    private String exported(String name) throws IOException {
        Path file = home.resolve(name);
        run("export", "latest", "-o", file.toString()).isFine();
        return Files.readString(file);
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
