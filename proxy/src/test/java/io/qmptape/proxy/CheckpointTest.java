package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.gate.Control;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.MoodyPort;
import io.qmptape.testkit.OpenThing;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client sends is held back in front of a server, over real sockets. */
@Timeout(60)
final class CheckpointTest {
    private static final Control RECORDED_FIRST = new Control(Optional.empty(), true);
    private static final Control NO_STOP = new Control(
            Optional.of((command, client) -> command.name().equals("stop") ? Optional.of("no stop") : Optional.empty()),
            false);
    private static final String STOP = "{\"execute\":\"stop\"}";
    private static final String CONT = "{\"execute\":\"cont\"}";
    private static final String DENIED =
            "{\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}\r\n";

    /** Tells what is on its tape when a test says so. */
    private static final class SlowPort extends MoodyPort {
        final CompletableFuture<LongConsumer> follower = new CompletableFuture<>();

        @Override
        public void follow(SessionId session, LongConsumer recorded) {
            follower.complete(recorded);
        }
    }

    @TempDir
    Path directory;

    private final SlowPort port = new SlowPort();
    private final EventLoops loops = EventLoops.best();
    private FakeQemu qemu;

    @BeforeEach
    void start() {
        qemu = FakeQemu.unix(directory.resolve("q.sock"));
    }

    @AfterEach
    void stop() {
        qemu.close();
        loops.close();
    }

    @Test
    void aCommandReachesTheServerWhenItIsOnTheTape() {
        try (Proxy proxy = proxy(RECORDED_FIRST);
                Wire client = connect(proxy);
                Wire monitor = qemu.accept()) {
            client.send(STOP + "\n" + CONT + "\n");
            port.heard.awaitBytes(Direction.CLIENT_TO_SERVER, 2L * STOP.length() + 2);
            // what the server sends is not held, and shows that nothing came before it
            monitor.send("hello\n");
            assertThat(client.line()).isEqualTo("hello\n");

            port.follower.join().accept(STOP.length());
            assertThat(monitor.receive(STOP.length())).isEqualTo(Bytes.utf8(STOP));
            client.finish();
            port.follower.join().accept(Long.MAX_VALUE);
            assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.utf8("\n" + CONT + "\n"));
        }
    }

    @Test
    void aCommandThatCannotBeRecordedEndsItsSession() {
        try (Proxy proxy = proxy(RECORDED_FIRST);
                Wire client = connect(proxy);
                Wire monitor = qemu.accept()) {
            client.send(STOP);
            port.heard.awaitBytes(Direction.CLIENT_TO_SERVER, STOP.length());

            port.takes = false;

            assertThat(client.receiveToEnd()).isEqualTo(Bytes.EMPTY);
            assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void aDeniedCommandIsAnsweredAndTold() {
        try (Proxy proxy = proxy(NO_STOP);
                Wire client = connect(proxy);
                Wire monitor = qemu.accept()) {
            monitor.send("{\"QMP\": {}}\r\n");
            assertThat(client.line()).isEqualTo("{\"QMP\": {}}\r\n");
            client.send(CONT + STOP + CONT);
            assertThat(monitor.receive(2 * CONT.length())).isEqualTo(Bytes.utf8(CONT + CONT));
            monitor.send("{\"return\": 1}\r\n{\"return\": 2}\r\n");

            assertThat(client.line()).isEqualTo("{\"return\": 1}\r\n");
            assertThat(client.line()).isEqualTo(DENIED);
            assertThat(client.line()).isEqualTo("{\"return\": 2}\r\n");
            Traffic.Denied denied = port.heard.await(Traffic.Denied.class, 1).get(0);
            assertThat(denied.end()).isEqualTo(CONT.length() + STOP.length());
            assertThat(port.heard.bytes(Direction.CLIENT_TO_SERVER)).isEqualTo(Bytes.utf8(CONT + STOP + CONT));
            client.finish();
            assertThat(monitor.receiveToEnd()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void descriptorsGoWithWhatIsAllowedAndAreClosedWithWhatIsDenied() {
        qemu.close();
        OpenThing first = OpenThing.pipe();
        OpenThing second = OpenThing.pipe();
        List<String> marks = List.of(first.mark(), second.mark());
        try (DescriptorWire.Listening monitors = DescriptorWire.listen(directory.resolve("d.sock"));
                Proxy proxy = proxy(NO_STOP, monitors.endpoint());
                DescriptorWire client = DescriptorWire.to(proxy.start().toString());
                DescriptorWire monitor = monitors.accept()) {
            client.send(STOP, first.descriptor());
            first.close();
            OpenThing.awaitGone(marks.subList(0, 1));

            client.send(CONT.substring(0, 5));
            client.send(CONT.substring(5), second.descriptor());
            second.close();

            assertThat(monitor.receive(5).bytes().text()).isEqualTo(CONT.substring(0, 5));
            DescriptorWire.Part rest = monitor.receive(CONT.length());
            assertThat(rest.bytes().text()).isEqualTo(CONT.substring(5));
            assertThat(rest.descriptors()).hasSize(1);
            assertThat(OpenThing.takeMark(rest.descriptors().get(0))).isEqualTo(marks.get(1));
        }
        OpenThing.awaitGone(marks);
    }

    /** It reads none of its answers, and sends on and on. */
    @Test
    void aClientThatNeverReadsIsReadNoMore() {
        try (Proxy proxy = proxy(NO_STOP);
                Wire client = connect(proxy);
                Wire monitor = qemu.accept()) {
            int sent = client.sendUntilStalled(Bytes.utf8(STOP.repeat(1000)));

            assertThat(sent).isLessThan(32 << 20);
            assertThat(proxy.pendingBytes()).isLessThan(4 << 20);
            monitor.close();
        }
    }

    private Wire connect(Proxy proxy) {
        return Wire.to(proxy.start().toString());
    }

    private Proxy proxy(Control control) {
        return proxy(control, qemu.endpoint());
    }

    private Proxy proxy(Control control, String upstream) {
        ProxyOptions options = ProxyOptions.of(
                        Endpoint.parse("unix:" + directory.resolve("p.sock")), Endpoint.parse(upstream))
                .withGrace(Duration.ZERO)
                .controlled(control);
        return new Proxy(options, Surroundings.of(loops, new SystemClock(), port));
    }
}
