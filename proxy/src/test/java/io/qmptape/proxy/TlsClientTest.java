package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.qmptape.testkit.Authority;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is not ours, by both versions of TLS; and one that listens. */
@Timeout(60)
final class TlsClientTest {
    @TempDir
    Path directory;

    private Path credentials;
    private FakeQemu qemu;
    private Stand stand;

    @BeforeEach
    void start() {
        credentials = Authority.in(directory.resolve("ca")).issueAll(directory.resolve("creds"));
        qemu = FakeQemu.unix(directory.resolve("q.sock"));
        stand = Stand.between(
                "tls:127.0.0.1:0,creds=" + credentials + ",verify-peer=off", qemu.endpoint(), options -> options);
    }

    @AfterEach
    void stop() {
        stand.close();
        qemu.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void talksToTheMonitor(String version) throws Exception {
        try (SSLSocket client = connect(version);
                Wire monitor = qemu.accept()) {
            assertThat(client.getSession().getProtocol()).isEqualTo(version);
            monitor.send("hello\n");
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
            client.getOutputStream().write("stop\n".getBytes(StandardCharsets.UTF_8));
            assertThat(monitor.line()).isEqualTo("stop\n");

            monitor.close();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void hearsTheAnswerWhenItSendsNoMore() throws Exception {
        try (SSLSocket client = connect("TLSv1.3");
                Wire monitor = qemu.accept()) {
            sayLastWords(client);

            assertThat(monitor.receiveToEnd().text()).isEqualTo("last words");
            monitor.send("an answer to them").close();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("an answer to them");
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void endsBothDirectionsAtOnceByTls12() throws Exception {
        try (SSLSocket client = connect("TLSv1.2");
                Wire monitor = qemu.accept()) {
            sayLastWords(client);

            assertThat(monitor.receiveToEnd().text()).isEqualTo("last words");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void isConnectedToIfItListens() {
        try (Stand turned = Stand.between(
                        "connect:" + stand.endpoint + ",verify-peer=off",
                        "listen:unix:" + directory.resolve("m.sock"),
                        options -> options);
                Wire monitor = Wire.to("unix:" + directory.resolve("m.sock"));
                Wire client = qemu.accept()) {
            monitor.send("hello\n");
            assertThat(client.line()).isEqualTo("hello\n");
            client.send("stop\n");
            assertThat(monitor.line()).isEqualTo("stop\n");
            client.close();
            assertThat(monitor.receiveToEnd().length()).isZero();
            monitor.close();
            assertThat(causeOf(turned)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    private SSLSocket connect(String version) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance(version);
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        URI place = URI.create(stand.endpoint.replaceAll(",.*", "").replace("tls:", "tls://"));
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(place.getHost(), place.getPort());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private static void sayLastWords(SSLSocket client) throws IOException {
        client.getOutputStream().write("last words".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
    }

    private static CloseCause causeOf(Stand of) {
        return of.port.await(Traffic.Closed.class, 1).get(0).cause();
    }
}
