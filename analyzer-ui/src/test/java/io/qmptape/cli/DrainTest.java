package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to a session that is open. */
@Timeout(180)
class DrainTest {
    @TempDir
    private Path home;

    @Test
    void aDrainSealsTheTapeAndRelaysOnUntilTheClientLeaves() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, "drain");
                Wire client = Wire.to("unix:" + home.resolve("c.sock"));
                Wire monitor = qemu.accept()) {
            pass(client, monitor, "{\"execute\": \"query-status\"}\n");

            relay.terminate().awaitLine("relayed on until they close: 1");

            assertThat(relay.children()).as("recorders that live").isEmpty();
            assertThat(home.resolve("c.sock")).doesNotExist();
            assertThat(sessions()).endsWith("recording stopped");
            pass(client, monitor, "{\"execute\": \"query-name\"}\n");
            pass(monitor, client, "{\"return\": {}}\n");
            client.close();
            monitor.receiveToEnd();
            relay.end().isFine();
        }
        run("verify").isFine();
        assertThat(run("show", "latest").isFine().out())
                .contains("query-status")
                .doesNotContain("query-name");
    }

    @Test
    void aSecondSignalEndsWhatIsDrained() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, "drain");
                Wire client = Wire.to("unix:" + home.resolve("c.sock"));
                Wire monitor = qemu.accept()) {
            pass(client, monitor, "{\"execute\": \"query-status\"}\n");
            relay.terminate().awaitLine("relayed on until they close: 1");

            relay.terminate();

            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            assertThat(monitor.receiveToEnd().isEmpty()).isTrue();
            relay.end().isFine();
        }
    }

    @Test
    void nowCutsOffWhatIsOpen() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, "now");
                Wire client = Wire.to("unix:" + home.resolve("c.sock"));
                Wire monitor = qemu.accept()) {
            pass(client, monitor, "{\"execute\": \"query-status\"}\n");

            relay.terminate();

            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            relay.end().isFine();
        }
        assertThat(sessions()).endsWith("proxy stopped");
    }

    @Test
    void aRelayThatRecordsNoMoreStillLetsClientsCome() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun relay = record(qemu, "relay")) {
            try (Wire first = Wire.to("unix:" + home.resolve("c.sock"));
                    Wire monitor = qemu.accept()) {
                pass(first, monitor, "{\"execute\": \"query-status\"}\n");
                relay.terminate().awaitLine("all is relayed on");
                assertThat(relay.children()).as("recorders that live").isEmpty();
                pass(monitor, first, "{\"return\": {}}\n");
            }
            try (Wire second = Wire.to("unix:" + home.resolve("c.sock"));
                    Wire monitor = qemu.accept()) {
                pass(second, monitor, "{\"execute\": \"query-name\"}\n");

                relay.terminate();

                assertThat(second.receiveToEnd().isEmpty()).isTrue();
            }
            relay.end().isFine();
        }
        assertThat(run("sessions").isFine().lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("recording stopped");
        run("verify").isFine();
    }

    private ProcessRun record(FakeQemu qemu, String stop) throws IOException {
        String listen = "unix:" + home.resolve("c.sock");
        ProcessRun relay = ProcessRun.start(
                home, "record", "--listen", listen, "--upstream", qemu.endpoint(), "--stop", stop, "--grace", "60");
        relay.awaitLine("recording unix:");
        return relay;
    }

    private static void pass(Wire from, Wire to, String line) {
        from.send(line);
        assertThat(to.line()).isEqualTo(line);
    }

    private String sessions() {
        return run("sessions").isFine().lines().stream()
                .reduce((one, next) -> next)
                .orElse("");
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
