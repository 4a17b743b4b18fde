package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.Authority;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user of TLS is told. */
@Timeout(60)
final class TlsTest {
    @TempDir
    Path home;

    private Path credentials;

    @BeforeEach
    void issue() {
        credentials = Authority.in(home.resolve("ca")).issueAll(home.resolve("creds"));
    }

    @Test
    void tellsWhoIsTurnedAwayWithoutAWordOfWhatWasSaid() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun recording = ProcessRun.start(
                        home,
                        "record",
                        "--listen",
                        "tls:127.0.0.1:0,creds=" + credentials,
                        "--upstream",
                        qemu.endpoint())) {
            String lack = recording.awaitLine("do not pass over TLS");
            String line = recording.awaitLine("recording tls:");
            String port = line.replaceAll(".*tls:127\\.0\\.0\\.1:(\\d+),.*", "$1");
            Wire.to("tcp:127.0.0.1:" + port)
                    .send("{\"execute\": \"hunter2\"}\n")
                    .close();

            String away = recording.awaitLine("is turned away: it does not speak TLS");

            recording.terminate().end().isFine();
            assertThat(lack).doesNotContain("TCP");
            assertThat(away).contains(": 127.0.0.1:").doesNotContain("hunter2");
        }
        assertThat(CommandLineRun.of(home, "sessions").isFine().out()).doesNotContain("tls:");
    }

    @Test
    void doesNotStartWithoutWhatItNeeds() throws Exception {
        assertEnds("tls:127.0.0.1:0,creds=" + home, home + "/q.sock", "there is no " + home + "/server-cert.pem");
        assertEnds(home + "/c.sock", "tls:127.0.0.1:1,creds=" + home, "there is no " + home + "/ca-cert.pem");
        assertEnds(home + "/c.sock", "tls:127.0.0.1:1,cred=x", "tls: has no option 'cred=x'");
    }

    private void assertEnds(String listen, String upstream, String reason) throws Exception {
        try (ProcessRun recording = ProcessRun.start(home, "record", "--listen", listen, "--upstream", upstream)) {
            assertThat(recording.awaitLine(reason)).startsWith("qmptape: ");
            recording.end().endsWith(Qmptape.TROUBLE);
        }
    }
}
