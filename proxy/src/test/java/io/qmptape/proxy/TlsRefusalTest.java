package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.Authority;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.OpensslServer;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom TLS keeps out, on either side, and what a user is told. */
@Timeout(60)
final class TlsRefusalTest {
    @TempDir
    static Path shared;

    private static Authority authority;
    private static Path all;
    private static Path ofOthers;
    private static Path withoutCertificate;

    @TempDir
    Path directory;

    private String monitor = "";

    @BeforeAll
    static void issue() {
        authority = Authority.in(shared.resolve("ca"));
        all = authority.issueAll(shared.resolve("all"));
        withoutCertificate = authority.trustedIn(shared.resolve("none"));
        ofOthers = Authority.in(shared.resolve("others")).issueAll(shared.resolve("of-others"));
    }

    @BeforeEach
    void name() {
        monitor = "unix:" + directory.resolve("q.sock");
    }

    @Test
    void refusesAServerForAnotherHost() {
        Path elsewhere = authority.issue(shared.resolve("elsewhere"), "server", "DNS:elsewhere");

        assertRefused(elsewhere, all, "its certificate is for another host");
    }

    @Test
    void refusesAServerOfAnUnknownAuthority() {
        assertRefused(ofOthers, all, "its certificate is not by an authority in ca-cert.pem");
    }

    @Test
    void refusesAServerWhoseCertificateWasRevoked() {
        Path revoked = authority.issueAll(shared.resolve("revoked"));
        authority.revoke(revoked.resolve("server-cert.pem"), revoked);

        assertRefused(revoked, revoked, "its certificate has been revoked");
    }

    @Test
    void acceptsAServerWhereOthersWereRevoked() {
        Path some = authority.issueAll(shared.resolve("some"));
        authority.revoke(
                authority.issue(shared.resolve("lost"), "client", "DNS:lost").resolve("client-cert.pem"), some);

        assertAccepted(",creds=" + some, ",creds=" + some);
    }

    @Test
    void refusesAServerWhoseCertificateHasExpired() {
        Path old = shared.resolve("old");
        authority.issue(old, "server", "IP:127.0.0.1", "-startdate", "20200101000000Z", "-enddate", "20210101000000Z");
        try (OpensslServer server = OpensslServer.start(old)) {
            assertTold("tls:127.0.0.1:" + server.port() + ",creds=" + all, "its certificate has expired");
        }
    }

    @Test
    void refusesAServerThatSpeaksNoTls() {
        try (FakeQemu plain = FakeQemu.tcp().answering()) {
            assertTold(plain.endpoint().replace("tcp:", "tls:") + ",creds=" + all, "it does not speak TLS");
        }
    }

    @Test
    void tellsOfAServerThatHangsUpAtOnce() {
        try (FakeQemu plain = FakeQemu.tcp();
                Stand near = near(plain.endpoint().replace("tcp:", "tls:") + ",creds=" + all);
                Wire client = near.connect()) {
            plain.accept().close();

            assertThat(near.awaitWaiting().text()).contains("it hung up before TLS was agreed upon");
            client.finish();
        }
    }

    @Test
    void takesWhateverServerThereIsIfTold() {
        assertAccepted(",creds=" + ofOthers + ",verify-peer=off", ",creds=" + all + ",verify-peer=off");
    }

    @Test
    void refusesAClientWithoutACertificate() {
        assertTurnedAway(withoutCertificate);
    }

    @Test
    void refusesAClientOfAnUnknownAuthority() {
        Path liar = authority.trustedIn(shared.resolve("liar"));
        Authority.in(shared.resolve("liars")).issue(liar, "client", "DNS:client");
        authority.trustedIn(liar);

        assertTurnedAway(liar);
    }

    @Test
    void takesAClientWithoutACertificateIfTold() {
        assertAccepted(",creds=" + all + ",verify-peer=off", ",creds=" + withoutCertificate);
    }

    @Test
    void turnsAClientAwayThatSpeaksNoTls() {
        try (Stand far = far(",creds=" + all);
                Wire plain = Wire.to(far.endpoint.replace("tls:", "tcp:").replaceAll(",.*", ""))) {
            plain.send("{\"execute\": \"qmp_capabilities\"}\n").receiveToEnd();

            assertThat(far.port.heard()).isEmpty();
        }
    }

    @Test
    void doesNotStartWithoutItsCertificates() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> far(",creds=" + withoutCertificate))
                .withMessageContaining("there is no " + withoutCertificate.resolve("server-cert.pem"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Stand.between(directory, "tls:127.0.0.1:1,creds=" + directory))
                .withMessageContaining("there is no " + directory.resolve("ca-cert.pem"));
    }

    @Test
    void namesTheFileThatCannotBeUsedAnyMore() throws IOException {
        Path mine = authority.issueAll(shared.resolve("mine"));
        try (FakeQemu qemu = FakeQemu.tcp();
                Stand near = near(qemu.endpoint().replace("tcp:", "tls:") + ",creds=" + mine)) {
            authority.run(
                    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + mine.resolve("client-key.pem"));
            assertWaits(near, mine.resolve("client-key.pem") + " holds no key for a certificate of the kind RSA");

            Files.delete(mine.resolve("ca-cert.pem"));
            assertWaits(near, "there is no " + mine.resolve("ca-cert.pem"));
        }
    }

    private static void assertWaits(Stand near, String words) {
        try (Wire client = near.connect()) {
            assertThat(near.awaitWaiting().text()).contains(words);
            client.finish();
        }
    }

    private void assertRefused(Path server, Path client, String words) {
        try (Stand far = far(",creds=" + server + ",verify-peer=off")) {
            assertTold(far.endpoint.replaceAll(",.*", "") + ",creds=" + client, words);
        }
    }

    private void assertTold(String upstream, String words) {
        try (Stand near = near(upstream);
                Wire client = near.connect()) {
            assertThat(near.awaitWaiting().text()).contains(words);
            assertThat(near.port.heard(Traffic.Read.class)).isEmpty();
            client.finish();
        }
    }

    private void assertAccepted(String server, String client) {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("q.sock")).answering();
                Stand far = far(server);
                Stand near = near(far.endpoint.replaceAll(",.*", "") + client);
                Wire asking = near.connect()) {
            assertThat(asking.line()).isEqualTo(FakeQemu.GREETING);
        }
    }

    /** In TLS 1.3 it is told after its own handshake is done. */
    private void assertTurnedAway(Path client) {
        try (Stand far = far(",creds=" + all);
                Stand near = near(far.endpoint.replaceAll(",.*", "") + ",creds=" + client);
                Wire asking = near.connect()) {
            assertThat(asking.receiveToEnd()).isEqualTo(Bytes.EMPTY);

            assertThat(near.port.await(Traffic.Closed.class, 1).get(0).cause()).isEqualTo(CloseCause.CONNECTION_FAILED);
            assertThat(far.port.heard()).isEmpty();
        }
    }

    private Stand far(String options) {
        return Stand.between("tls:127.0.0.1:0" + options, monitor, each -> each);
    }

    private Stand near(String upstream) {
        return Stand.between("unix:" + directory.resolve("p.sock"), upstream, each -> each);
    }
}
