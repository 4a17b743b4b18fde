package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.Authority;
import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A QEMU whose monitor speaks TLS, as a server and as a client, with certificates asked for on both sides. */
@Timeout(60)
final class RealQemuTlsTest {
    private static final String SCHEMA = "{\"execute\": \"query-qmp-schema\"}\n";
    private static final int SCHEMAS = 6;
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    static Path shared;

    private static Path credentials;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() {
        credentials = Authority.in(shared.resolve("ca")).issueAll(shared.resolve("creds"));
    }

    @Test
    void answersEachCommandBeforeTheNextOneIsSent() {
        try (RealQemu qemu = serving();
                Stand stand = Stand.between(directory, upstream(qemu, credentials));
                Wire client = stand.connect()) {
            negotiate(client);
            for (int i = 0; i < 20; i++) {
                client.send("{\"execute\": \"query-status\", \"id\": " + i + "}\n");
                assertThat(client.line()).contains("\"running\"", "\"id\": " + i);
            }
        }
    }

    @Test
    void carriesAMegabyteOfReplies() {
        try (RealQemu qemu = serving();
                Stand stand = Stand.between(directory, upstream(qemu, credentials));
                Wire direct = Wire.to(qemu.endpoint());
                Wire client = stand.connect()) {
            negotiate(direct);
            String schema = direct.send(SCHEMA).line();
            negotiate(client);

            client.send(SCHEMA.repeat(SCHEMAS));

            Bytes replies = client.receive(SCHEMAS * schema.length());
            assertThat(replies.length()).isGreaterThan(1 << 20);
            assertThat(replies).isEqualTo(Bytes.utf8(schema.repeat(SCHEMAS)));
        }
    }

    @Test
    void bringsTheRepliesToAClientThatSendsNoMore() {
        try (RealQemu qemu = serving();
                Stand stand = Stand.between(directory, upstream(qemu, credentials));
                Wire client = stand.connect()) {
            client.send("{\"execute\": \"qmp_capabilities\"}{\"execute\": \"query-name\", \"id\": \"last\"}")
                    .finish();

            assertThat(client.receiveToEnd().text()).contains("\"id\": \"last\"");
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void endsTheSessionWhenQemuDoesNotAcceptTheCertificate() throws IOException {
        Path none = Files.createDirectory(directory.resolve("none"));
        Files.copy(credentials.resolve("ca-cert.pem"), none.resolve("ca-cert.pem"));
        try (RealQemu qemu = serving();
                Stand stand = Stand.between(directory, upstream(qemu, none));
                Wire client = stand.connect()) {
            assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);

            assertThat(causeOf(stand)).isEqualTo(CloseCause.SERVER_LEFT);
        }
    }

    @Test
    void letsASecondClientInWhenTheFirstOneHasLeft() {
        try (RealQemu qemu = serving();
                Stand stand = Stand.between(
                        "unix:" + directory.resolve("p.sock"), upstream(qemu, credentials), options -> options)) {
            Wire first = stand.connect();
            negotiate(first);
            try (Wire second = stand.connect()) {
                assertThat(stand.awaitWaiting().text())
                        .contains("it did not answer the TLS handshake in time", "as long as it stays");

                first.close();

                negotiate(second);
            }
        }
    }

    @Test
    void servesAQemuThatConnects() {
        String upstream = "listen:tls:127.0.0.1:" + freePort() + ",creds=" + credentials;
        try (Stand stand =
                        Stand.between("unix:" + directory.resolve("p.sock"), upstream, options -> options.named("vm"));
                RealQemu qemu = connecting(upstream)) {
            for (int sessions = 1; sessions <= 2; sessions++) {
                try (Wire client = stand.connect()) {
                    negotiate(client);
                    client.send("{\"execute\": \"query-status\"}\n");
                    assertThat(client.line()).contains("\"running\"");
                }
                stand.port.await(Traffic.Closed.class, sessions);
            }
        }
    }

    private RealQemu serving() {
        return RealQemu.start(
                directory,
                "-object",
                "tls-creds-x509,id=t,endpoint=server,verify-peer=on,dir=" + credentials,
                "-chardev",
                "socket,id=m,host=127.0.0.1,port=0,server=on,wait=off,tls-creds=t",
                "-mon",
                "chardev=m,mode=control");
    }

    private RealQemu connecting(String upstream) {
        Matcher port = PORT.matcher(upstream);
        assertThat(port.find()).isTrue();
        return RealQemu.start(
                directory,
                "-object",
                "tls-creds-x509,id=t,endpoint=client,verify-peer=on,dir=" + credentials,
                "-chardev",
                "socket,id=m,host=127.0.0.1,port=" + port.group(1) + ",server=off,reconnect=1,tls-creds=t",
                "-mon",
                "chardev=m,mode=control");
    }

    private static String upstream(RealQemu qemu, Path own) {
        try (Wire asking = Wire.to(qemu.endpoint())) {
            negotiate(asking);
            Matcher port = PORT.matcher(
                    asking.send("{\"execute\": \"query-chardev\"}\n").line());
            assertThat(port.find()).isTrue();
            return "tls:" + port.group() + ",creds=" + own;
        }
    }

    private static void negotiate(Wire client) {
        assertThat(client.line()).contains("\"QMP\"");
        client.send("{\"execute\": \"qmp_capabilities\"}\n");
        assertThat(client.line()).contains("{\"return\": {}}");
    }

    private static CloseCause causeOf(Stand stand) {
        return stand.port.await(Traffic.Closed.class, 1).get(0).cause();
    }

    /** For what cannot say where it listens. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
