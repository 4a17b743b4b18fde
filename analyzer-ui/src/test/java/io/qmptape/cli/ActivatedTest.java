package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Installed;
import io.qmptape.testkit.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Started by its socket's first client, as systemd does it. */
@EnabledOnOs(OS.LINUX)
final class ActivatedTest {
    @TempDir
    Path home;

    @Test
    void theClientThatStartsItIsRecorded() throws Exception {
        Path starter = Installed.require("systemd-socket-activate", "systemd");
        Path socket = home.resolve("c.sock");
        // it hands on no more of the environment than it is told to
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = ProcessRun.startBy(
                        List.of(
                                starter.toString(),
                                "-l",
                                socket.toString(),
                                "-E",
                                "XDG_STATE_HOME",
                                "-E",
                                "XDG_CACHE_HOME",
                                "-E",
                                "XDG_CONFIG_HOME"),
                        home,
                        "record",
                        "--listen",
                        "fd:systemd",
                        "--upstream",
                        qemu.endpoint())) {
            recording.awaitLine("Listening on " + socket);
            try (Wire client = Wire.to("unix:" + socket)) {
                assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
            }
            recording.awaitLine("recording unix:" + socket + " to " + qemu.endpoint());
            recording.terminate().end().isFine();
        }
        assertThat(socket).exists();
        assertThat(CommandLineRun.of(home, "show", "latest").isFine().out()).contains("<- greeting");
    }
}
