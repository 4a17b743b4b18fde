package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.MoodyPort;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Behind the proxy is a port that does not always take what comes. */
@Timeout(60)
final class RefusalTest {
    @TempDir
    Path directory;

    private final MoodyPort port = new MoodyPort();

    @Test
    void whatIsNotTakenDoesNotPassAndEndsItsSession() {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("q.sock"));
                EventLoops loops = EventLoops.best();
                Proxy proxy = proxy(loops, qemu)) {
            String endpoint = proxy.start().toString();
            try (Wire client = Wire.to(endpoint);
                    Wire monitor = qemu.accept()) {
                client.send("taken");
                assertThat(monitor.receive(5)).isEqualTo(Bytes.utf8("taken"));

                port.takes = false;
                client.send("lost");

                assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
                assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);
                port.heard.await(Traffic.Closed.class, 1);
                assertThat(port.heard.bytes(Direction.CLIENT_TO_SERVER)).isEqualTo(Bytes.utf8("taken"));
            }
        }
    }

    @Test
    void aNewClientIsRefusedUntilItIsTakenAgain() {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("q.sock"));
                EventLoops loops = EventLoops.best();
                Proxy proxy = proxy(loops, qemu)) {
            String endpoint = proxy.start().toString();
            port.takes = false;
            try (Wire client = Wire.to(endpoint)) {
                assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);
                assertThat(port.heard.heard()).isEmpty();
            }

            port.takes = true;
            try (Wire client = Wire.to(endpoint);
                    Wire monitor = qemu.accept()) {
                monitor.send("hello\n");
                assertThat(client.line()).isEqualTo("hello\n");
            }
        }
    }

    @Test
    void aSessionThatTakesTheRoomOfOthersEndsAlone() {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("q.sock"));
                EventLoops loops = EventLoops.best();
                Proxy proxy = proxy(loops, qemu)) {
            String endpoint = proxy.start().toString();
            try (Wire client = Wire.to(endpoint);
                    Wire monitor = qemu.accept();
                    Wire other = Wire.to(endpoint);
                    Wire otherMonitor = qemu.accept()) {
                client.send("{");
                assertThat(monitor.receive(1)).isEqualTo(Bytes.utf8("{"));

                port.end.accept(port.heard.await(Traffic.Read.class, 1).get(0).session());

                assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);
                other.send("taken");
                assertThat(otherMonitor.receive(5)).isEqualTo(Bytes.utf8("taken"));
            }
        }
    }

    private Proxy proxy(EventLoops loops, FakeQemu qemu) {
        ProxyOptions options = ProxyOptions.of(
                        Endpoint.parse("unix:" + directory.resolve("p.sock")), Endpoint.parse(qemu.endpoint()))
                .withGrace(Duration.ZERO);
        return new Proxy(options, Surroundings.of(loops, new SystemClock(), port));
    }
}
