package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path home;

    private Path session = Path.of("");

    @BeforeEach
    void copyTheBundledSession() throws IOException {
        session = Path.of(Bundled.copiedTo(home.resolve("bundled.qmp.jsonl")));
    }

    @Test
    void runsWithARealQemu() {
        Installed.require("qemu-system-x86_64", "qemu");

        CommandLineRun run =
                CommandLineRun.of(home, "demo", "--once", "--port", "0").isFine();

        assertThat(run.out()).contains("a real QEMU", "29 messages, 3 errors, 2 findings, 1 secret masked");
        assertThat(run.out()).contains("looked at once");
    }

    @Test
    void leavesNoQemuBehindWhenItIsEndedMidway() throws Exception {
        Installed.require("qemu-system-x86_64", "qemu");
        try (ProcessRun demo = ProcessRun.start(home, "demo", "--port", "0")) {
            demo.awaitLine("recording unix:");
            List<ProcessHandle> machines = demo.children();

            demo.terminate().end();

            assertThat(machines).hasSize(1).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void playsTheBundledSessionWhereThereIsNoQemu() throws Exception {
        Map<String, String> environment = Map.of("PATH", home.toString());
        try (ProcessRun demo = ProcessRun.start(environment, home, "demo", "--once", "--port", "0")) {
            CommandLineRun run = demo.end().isFine();

            assertThat(run.out()).contains("a recorded QEMU, played back");
            assertThat(run.out()).contains("29 messages, 3 errors, 2 findings, 1 secret masked");
        }
    }

    @Test
    void theBundledSessionIsWhatTheClientSays() {
        CommandLineRun run = CommandLineRun.of(home, "show", session.toString(), "--raw", "c2s")
                .isFine();

        assertThat(run.lines()).hasSameSizeAs(DemoClient.commands());
        for (int i = 0; i < DemoClient.commands().size(); i++) {
            String said = DemoClient.commands().get(i);
            if (said.contains("open sesame")) {
                assertThat(run.lines().get(i)).contains("set_password").doesNotContain("open sesame");
            } else {
                assertThat(run.lines().get(i)).isEqualTo(said);
            }
        }
    }

    @Test
    void theBundledSessionNamesNoPathOfOneMachine() throws IOException {
        assertThat(Files.readString(session))
                .contains("\"listen\":\"unix:/tmp/qmptape-demo/client.sock\"")
                .contains("\"upstream\":\"unix:/tmp/qmptape-demo/qemu.sock\"");
    }
}
