package io.qmptape.proxy;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.Authority;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two relays with TLS between them: a client, the near one, the far one, and a monitor. */
@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(60)
final class TlsRelayTest {
    enum Family {
        BEST,
        PORTABLE;

        EventLoops open() {
            return this == BEST ? EventLoops.best() : EventLoops.portable();
        }
    }

    /** More than the sockets' own buffers and the bounds of two relays together. */
    private static final int FLOOD = 20 << 20;

    private static final int MUCH = 5 << 20;

    private static final int BOUND = 1 << 20;

    @TempDir
    static Path shared;

    private static Path credentials;

    private final Family family;

    @TempDir
    Path directory;

    private FakeQemu qemu;
    private Stand far;
    private Stand near;
    private Wire client;
    private Wire monitor;

    TlsRelayTest(Family family) {
        this.family = family;
    }

    @BeforeAll
    static void issue() {
        credentials = Authority.in(shared.resolve("ca")).issueAll(shared.resolve("creds"));
    }

    @BeforeEach
    void connect() {
        qemu = FakeQemu.unix(directory.resolve("q.sock"));
        far = Stand.between(family.open(), "tls:127.0.0.1:0,creds=" + credentials, qemu.endpoint(), options -> options);
        near = Stand.between(family.open(), "unix:" + directory.resolve("p.sock"), far.endpoint, options -> options);
        client = near.connect();
        monitor = qemu.accept();
    }

    @AfterEach
    void close() {
        client.close();
        monitor.close();
        near.close();
        far.close();
        qemu.close();
    }

    @Test
    void carriesEveryByteBothWays() {
        Bytes question = noise(1, MUCH);
        Bytes answer = noise(2, MUCH);

        CompletableFuture<Bytes> asked = beside(() -> monitor.receive(MUCH));
        CompletableFuture<Bytes> answered = beside(() -> client.receive(MUCH));
        CompletableFuture<Wire> asking = beside(() -> client.send(question));
        monitor.send(answer);

        assertThat(asked.join()).isEqualTo(question);
        assertThat(answered.join()).isEqualTo(answer);
        asking.join();
        far.port.awaitBytes(CLIENT_TO_SERVER, MUCH);
        near.port.awaitBytes(SERVER_TO_CLIENT, MUCH);
        assertThat(far.port.bytes(CLIENT_TO_SERVER)).isEqualTo(question);
        assertThat(near.port.bytes(SERVER_TO_CLIENT)).isEqualTo(answer);
    }

    @Test
    void holdsLittleForAReaderThatStandsStill() {
        Bytes flood = noise(1, FLOOD);

        int sent = monitor.sendUntilStalled(flood);

        assertThat(sent).isLessThan(FLOOD);
        assertThat(far.proxy.pendingBytes()).isBetween(1L, (long) BOUND);
        assertThat(near.proxy.pendingBytes()).isBetween(1L, (long) BOUND);
        client.send("still here\n");
        assertThat(monitor.line()).isEqualTo("still here\n");
        assertThat(client.receive(sent)).isEqualTo(flood.slice(0, sent));
    }

    @Test
    void keepsAHalfCloseOfTheClient() {
        client.send("last words").finish();

        assertThat(monitor.receiveToEnd().text()).isEqualTo("last words");
        monitor.send("an answer to them").finish();
        assertThat(client.receiveToEnd().text()).isEqualTo("an answer to them");
        assertThat(causeOf(near)).isEqualTo(CloseCause.CLIENT_LEFT);
        assertThat(causeOf(far)).isEqualTo(CloseCause.CLIENT_LEFT);
        assertThat(far.port.heard(Traffic.HalfClosed.class)).hasSize(1);
    }

    @Test
    void keepsAHalfCloseOfTheServer() {
        monitor.send("that is all").finish();

        assertThat(client.receiveToEnd().text()).isEqualTo("that is all");
        client.send("and still I talk").finish();
        assertThat(monitor.receiveToEnd().text()).isEqualTo("and still I talk");
        assertThat(causeOf(near)).isEqualTo(CloseCause.SERVER_LEFT);
    }

    @Test
    void deliversAllThatIsPendingBeforeTheEnd() {
        Bytes flood = noise(1, MUCH);
        CompletableFuture<Bytes> received = beside(client::receiveToEnd);

        monitor.send(flood).close();

        assertThat(received.join()).isEqualTo(flood);
    }

    @Test
    void endsBothSessionsWhenTheClientLeaves() {
        monitor.send("unread by the client");
        near.port.await(Traffic.Read.class, 1);

        client.close();

        assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
        monitor.close();
        assertThat(causeOf(near)).isEqualTo(CloseCause.CLIENT_LEFT);
        assertThat(causeOf(far)).isEqualTo(CloseCause.CLIENT_LEFT);
    }

    @Test
    void knowsEachOtherByTheirCertificates() {
        Traffic.Opened atNear = near.port.await(Traffic.Opened.class, 1).get(0);
        Traffic.Opened atFar = far.port.await(Traffic.Opened.class, 1).get(0);

        assertThat(atNear.server().address()).startsWith("127.0.0.1:").endsWith(" CN=server,O=Tests");
        assertThat(atFar.client().address()).startsWith("127.0.0.1:").endsWith(" CN=client,O=Tests");
        assertThat(atNear.upstream())
                .matches("tls:127\\.0\\.0\\.1:\\d+")
                .isEqualTo(atNear.machine().name());
    }

    private static CloseCause causeOf(Stand stand) {
        return stand.port.await(Traffic.Closed.class, 1).get(0).cause();
    }

    private static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "tls-test").start());
    }

    private static Bytes noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return Bytes.lend(bytes);
    }
}
