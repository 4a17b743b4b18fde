package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.Installed;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class RunTest {
    private static final String PROGRAM = "qemu-system-x86_64";

    @TempDir
    Path home;

    @Test
    void recordsFromTheGreetingToTheEndAndEndsAsQemuDoes() throws Exception {
        try (ProcessRun run = qemu("-name", "vm1")) {
            String told = run.awaitLine("recording unix:");
            Path directory = Path.of(word(told, " to unix:")).getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");

            quit("unix:" + word(told, "recording unix:"));

            run.end().isFine();
            assertThat(directory).doesNotExist();
        }
        assertThat(sessions()).contains("\"machine\":\"vm1\"").contains("server left");
        assertThat(shown()).contains("<- greeting", "-> command", "\"quit\"", "SHUTDOWN");
    }

    @Test
    void standsInFrontOfTheMonitorThatQemuIsToldToHaveAndWaitsFor() throws Exception {
        Path own = home.resolve("own.sock");
        String device = "socket,id=m,path=" + own + ",server=on,wait=on";
        try (ProcessRun run = qemu("-chardev", device, "-mon", "chardev=m,mode=control")) {
            run.awaitLine("recording unix:" + own + " to unix:");

            quit("unix:" + own);

            run.end().isFine();
        }
        assertThat(own).doesNotExist();
        assertThat(sessions()).as("without a -name").contains("\"machine\":\"" + PROGRAM + "\"");
        assertThat(shown()).contains("<- greeting", "SHUTDOWN");
    }

    @Test
    void endsWithTheExitCodeOfAQemuThatRefusesItsOptions() throws Exception {
        try (ProcessRun run = qemu("-no-such-option")) {
            CommandLineRun ended = run.end().endsWith(1);

            assertThat(ended.stderr()).contains("-no-such-option: invalid option");
        }
    }

    @Test
    void tellsTheSignalThatKilledQemuAsAShellDoes() throws Exception {
        try (ProcessRun run = qemu()) {
            String told = run.awaitLine("recording unix:");
            try (Wire client = Wire.to("unix:" + word(told, "recording unix:"))) {
                client.line();
                machine(run).destroyForcibly();
                client.receiveToEnd();
            }

            run.end().endsWith(128 + 9);
        }
        assertThat(sessions()).contains("server left");
    }

    @Test
    void passesASignalOnToQemuAndRecordsWhatComesOfIt() throws Exception {
        try (ProcessRun run = qemu()) {
            String told = run.awaitLine("recording unix:");
            try (Wire client = Wire.to("unix:" + word(told, "recording unix:"))) {
                client.line();
                client.send("{\"execute\": \"qmp_capabilities\"}").line();
                run.terminate();
                client.receiveToEnd();
            }

            run.end().isFine();
        }
        assertThat(shown()).contains("SHUTDOWN", "host-signal");
    }

    @Test
    void theStreamsAreThoseOfTheProgram() throws Exception {
        CommandLineRun run = Shell.run(home, "echo typed | \"$@\"", "run", "--", "sh", "-c", "cat; exit 7");

        assertThat(run.endsWith(7).out()).isEqualTo("typed\n");
    }

    @Test
    void saysWhichMonitorsItDoesNotSee() throws Exception {
        try (ProcessRun run = qemu("-qmp", "tcp:127.0.0.1:0,server=on,wait=off")) {
            run.awaitLine("this monitor of QEMU is not recorded: tcp:127.0.0.1:0,server=on,wait=off");
            quit("unix:" + word(run.awaitLine("recording unix:"), "recording unix:"));
            run.end().isFine();
        }
    }

    @Test
    void startsNothingThatItCouldNotRecord() {
        CommandLineRun.of(home, "run", "--", "no-such-program").endsWith(Qmptape.TROUBLE);
        CommandLineRun.of(home, "run", "--", PROGRAM, "-daemonize").complains("-daemonize would part QEMU");
        CommandLineRun.of(home, "run", "--listen", home + "/no/such.sock", "--", "sh", "-c", "exit 0")
                .endsWith(Qmptape.TROUBLE);
    }

    private ProcessRun qemu(String... options) throws IOException {
        Installed.require(PROGRAM, "qemu");
        List<String> words = new ArrayList<>(List.of("run", "--", PROGRAM, "-M", "none", "-nodefaults"));
        words.addAll(List.of("-display", "none"));
        words.addAll(List.of(options));
        return ProcessRun.start(home, words.toArray(String[]::new));
    }

    private static void quit(String endpoint) {
        try (Wire client = Wire.to(endpoint)) {
            assertThat(client.line()).contains("\"QMP\"");
            client.send("{\"execute\": \"qmp_capabilities\"}").line();
            client.send("{\"execute\": \"quit\"}");
            client.receiveToEnd();
        }
    }

    private static ProcessHandle machine(ProcessRun run) {
        return run.children().stream()
                .filter(child -> child.info().command().orElse("").contains("qemu-system"))
                .findFirst()
                .orElseThrow();
    }

    private String sessions() {
        return CommandLineRun.of(home, "sessions", "--json").isFine().out();
    }

    private String shown() {
        return CommandLineRun.of(home, "show", "latest").isFine().out();
    }

    /** What stands behind these words, up to a space. */
    private static String word(String line, String before) {
        return line.substring(line.indexOf(before) + before.length()).split(" ", 2)[0];
    }
}
