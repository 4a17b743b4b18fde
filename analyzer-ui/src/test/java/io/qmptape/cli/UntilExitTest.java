package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A recording that ends with another process, and says when it has begun. */
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class UntilExitTest {
    @TempDir
    private Path home;

    @Test
    void theRecordingEndsWithTheProcessAndHasItsLastWords() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, process.pid());
                Wire client = Wire.to("unix:" + home.resolve("c.sock"));
                Wire monitor = qemu.accept()) {
            process.destroy();
            process.waitFor();
            relay.awaitLine("process " + process.pid() + " has ended");

            monitor.send("{\"event\": \"SHUTDOWN\"}\n");
            assertThat(client.line()).contains("SHUTDOWN");
            monitor.close();

            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            client.close();
            relay.end().isFine();
        }
        assertThat(CommandLineRun.of(home, "show", "latest").isFine().out()).contains("SHUTDOWN");
    }

    @Test
    void theRecordingEndsWithAProcessWhoseParentDoesNotLookHowItEnded() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 100 & echo $!; exec sleep 100").start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, pid)) {
            ProcessHandle.of(pid).orElseThrow().destroy();

            relay.awaitLine("process " + pid + " has ended");
            relay.end().isFine();
            try (ProcessRun second = start(qemu, pid)) {
                second.end().complains("there is no process " + pid);
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsNotThereIsAnError() throws Exception {
        Process process = new ProcessBuilder("true").start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = start(qemu, process.pid())) {
            relay.end().complains("there is no process " + process.pid());
        }
        assertThat(home.resolve("c.sock")).doesNotExist();
    }

    @Test
    void aShellThatReadsUntilReadyGoesOnWhileItRecords() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"))) {
            CommandLineRun shell = Shell.run(
                    home,
                    "said=$(\"$@\" 2>/dev/null &); echo \"it said $said\"",
                    words(qemu, process.pid(), "--ready"));

            assertThat(shell.isFine().out()).isEqualTo("it said ready\n");
            try (Wire client = Wire.to("unix:" + home.resolve("c.sock"));
                    Wire monitor = qemu.accept()) {
                client.send("{\"execute\": \"query-status\"}\n");
                assertThat(monitor.line()).contains("query-status");
            }
        } finally {
            process.destroyForcibly();
            awaitTheEndOfWhatRecords();
        }
    }

    /** Nobody here is its parent, and it writes in what is deleted behind the test. */
    private void awaitTheEndOfWhatRecords() throws Exception {
        String socket = home.resolve("c.sock").toString();
        for (ProcessHandle each : ProcessHandle.allProcesses()
                .filter(any -> any.info().commandLine().orElse("").contains(socket))
                .toList()) {
            each.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private ProcessRun record(FakeQemu qemu, long pid) throws Exception {
        ProcessRun relay = start(qemu, pid);
        relay.awaitLine("recording unix:");
        return relay;
    }

    private ProcessRun start(FakeQemu qemu, long pid) throws Exception {
        return ProcessRun.start(home, words(qemu, pid));
    }

    private String[] words(FakeQemu qemu, long pid, String... more) {
        return Stream.concat(
                        Stream.of(
                                "record",
                                "--listen",
                                "unix:" + home.resolve("c.sock"),
                                "--upstream",
                                qemu.endpoint(),
                                "--stop=drain",
                                "--until-exit=" + pid),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
