package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --policy}, in front of a real QEMU. */
@Timeout(120)
class PolicyRunTest {
    private static final String DENIED = "{\"class\": \"GenericError\", \"desc\": \"denied by the policy: ";

    @TempDir
    Path home;

    @Test
    void readOnlyDeniesInTheOrderOfAnswersAndRecordsIt() throws Exception {
        try (RealQemu qemu = RealQemu.start(home);
                ProcessRun recording = ProcessRun.start(
                        home,
                        "record",
                        "--listen=" + home.resolve("c.sock"),
                        "--upstream=" + qemu.endpoint(),
                        "--policy=read-only")) {
            recording.awaitLine("recording unix:");
            try (Wire client = Wire.to("unix:" + home.resolve("c.sock"))) {
                assertThat(client.line()).contains("QMP");
                client.send("{'execute':'qmp_capabilities'}{'execute':'query-status'}{'execute':'quit','id':{'a':[1]}}"
                        + "{'execute':'human-monitor-command','arguments':{'command-line':'quit'}}{'execute':'query-name'}"
                        + "xx {'execute':'query-kvm','id':'last'}\n");

                assertThat(client.line()).isEqualTo("{\"return\": {}}\r\n");
                assertThat(client.line()).contains("\"running\"");
                assertThat(client.line())
                        .startsWith("{\"id\": {\"a\": [1]}, \"error\": " + DENIED + "nothing allows it");
                assertThat(client.line()).startsWith("{\"error\": " + DENIED);
                assertThat(client.line()).isEqualTo("{\"return\": {}}\r\n");
                assertThat(client.line()).contains("\"JSON input denied by the policy: no command\"");
                assertThat(client.line()).contains("\"id\": \"last\"");
                client.finish();
                client.receiveToEnd();
            }
            recording.terminate().end().isFine();
        }

        CommandLineRun shown = CommandLineRun.of(home, "show", "latest").isFine();
        assertThat(shown.lines().stream().filter(line -> line.contains("policy/denied")))
                .hasSize(3);
        assertThat(shown.out()).doesNotContain("reply/");
    }

    @Test
    void saysWhatIsWrongWithAPolicy() throws Exception {
        Path file = Files.writeString(home.resolve("rules"), "allow *\npermit stop\n");
        CommandLineRun.of(home, "record", "--listen=unix:@a", "--upstream=unix:@b", "--policy=" + file)
                .complains("rules, line 2: 'permit' is neither allow nor deny");
        CommandLineRun.of(home, "record", "--listen=unix:@a", "--upstream=unix:@b", "--policy=none")
                .complains("there is no file none, nor a policy of that name: there is read-only");
        CommandLineRun.of(home, "record", "--listen=unix:@a", "--upstream=unix:@b", "--policy=/dev/zero")
                .complains("/dev/zero is too long to be a policy");
        Files.write(file, new byte[] {(byte) 0xFF, '\n'});
        CommandLineRun.of(home, "record", "--listen=unix:@a", "--upstream=unix:@b", "--policy=" + file)
                .complains("rules, line 1:");
    }
}
