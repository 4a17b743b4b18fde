package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Installed;
import io.qmptape.testkit.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Started as the sample units say, by its socket's first client. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class ActivatedTest {
    private static final Path UNITS =
            Path.of("").toAbsolutePath().resolveSibling("samples").resolve("systemd");

    @TempDir
    Path home;

    @Test
    void theClientThatStartsItIsRecordedAndSystemdIsTold() throws Exception {
        Path socket = home.resolve("c.sock");
        Path notices = home.resolve("notify");
        Process manager = manager(notices);
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                BufferedReader told = manager.inputReader(StandardCharsets.UTF_8);
                ProcessRun recording = ProcessRun.startBy(
                        starter(socket), Map.of("NOTIFY_SOCKET", notices.toString()), home, words(qemu.endpoint()))) {
            recording.awaitLine("Listening on " + socket);
            try (Wire client = Wire.to("unix:" + socket)) {
                assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
                assertThat(told.readLine()).isEqualTo("READY=1");
            }
            recording.awaitLine("recording unix:" + socket + " to " + qemu.endpoint());
            recording.terminate().end().isFine();
            assertThat(told.readLine()).isEqualTo("STOPPING=1");
        } finally {
            manager.destroyForcibly();
        }
        assertThat(socket).exists();
        assertThat(CommandLineRun.of(home, "show", "latest").isFine().out()).contains("web-01", "<- greeting");
    }

    @Test
    void systemdFindsNoFaultInTheUnits() throws Exception {
        String judge = Installed.require("systemd-analyze", "systemd").toString();
        String service = Files.readString(UNITS.resolve("qmptape@.service"));
        Files.writeString(home.resolve("qmptape@.service"), service.replace("/usr/bin/qmptape", "/bin/true"));
        Files.copy(UNITS.resolve("qmptape@.socket"), home.resolve("qmptape@.socket"));

        CommandLineRun run = Shell.end(
                new ProcessBuilder(judge, "verify", "--man=no", "./qmptape@a.service", "./qmptape@a.socket")
                        .directory(home.toFile()),
                home);

        assertThat(run.isFine().stderr()).doesNotContain("qmptape@");
    }

    /** Its environment is no more than it is told to hand on. */
    private static List<String> starter(Path socket) {
        String program = Installed.require("systemd-socket-activate", "systemd").toString();
        Stream<String> variables = Stream.of("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "NOTIFY_SOCKET");
        return Stream.concat(
                        Stream.of(program, "-l", socket.toString()), variables.flatMap(name -> Stream.of("-E", name)))
                .toList();
    }

    /** Prints what it is told. */
    private static Process manager(Path notices) throws IOException {
        String socat = Installed.require("socat", "socat").toString();
        Process manager = new ProcessBuilder(socat, "-dd", "-T100", "-u", "UNIX-RECV:" + notices, "STDOUT").start();
        BufferedReader talk = manager.errorReader(StandardCharsets.UTF_8);
        String line = talk.readLine();
        while (line != null && !line.contains("starting data transfer loop")) {
            line = talk.readLine();
        }
        return manager;
    }

    /** What the service starts. */
    private static String[] words(String upstream) throws IOException {
        String start = Files.readAllLines(UNITS.resolve("qmptape@.service")).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(start.split(" ", -1))
                .skip(1)
                .map(word -> word.replace("%i", "web-01").replace("${UPSTREAM}", upstream))
                .toArray(String[]::new);
    }
}
