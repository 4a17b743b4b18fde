package io.qmptape.proxy;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProxyTest {
    private static final List<String> CONVERSATION = List.of(
            "{\"execute\": \"qmp_capabilities\"}\n",
            "{\"execute\": \"query-status\", \"id\": 1}\n",
            "{\"execute\": \"no-such-command\"}\n",
            "{\"execute\": \"query-qmp-schema\"}\n");

    @TempDir
    Path directory;

    @Test
    void letsOpenSessionsFinishWhenItStops() {
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(directory, qemu.endpoint());
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            stand.port.await(Traffic.Opened.class, 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(
                    () -> stand.proxy.stop(Duration.ofSeconds(30)), task -> new Thread(task).start());

            awaitRefusal(stand);
            client.send("still open\n");
            assertThat(monitor.line()).isEqualTo("still open\n");
            assertThat(stopped).isNotDone();
            client.close();
            monitor.close();

            stopped.join();
            assertThat(causeOf(stand)).isEqualTo(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void endsWhatIsStillOpenAfterTheGrace() {
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(directory, qemu.endpoint());
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            stand.port.await(Traffic.Opened.class, 1);

            stand.proxy.stop(Duration.ofMillis(50));

            assertThat(stand.port.heard(Traffic.Closed.class))
                    .extracting(Traffic.Closed::cause)
                    .containsExactly(CloseCause.PROXY_STOPPED);
            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            assertThat(monitor.receiveToEnd().isEmpty()).isTrue();
            stand.proxy.stop(Duration.ZERO);
        }
    }

    @Test
    void relaysOnUnseenWhileItDrains() {
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(directory, qemu.endpoint());
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            client.send("seen\n");
            monitor.line();

            stand.proxy.drain();

            assertThat(causeOf(stand)).isEqualTo(CloseCause.RECORDING_STOPPED);
            assertThat(Path.of(stand.endpoint.substring("unix:".length()))).doesNotExist();
            client.send("unseen\n");
            assertThat(monitor.line()).isEqualTo("unseen\n");
            monitor.send("unseen too\n");
            assertThat(client.line()).isEqualTo("unseen too\n");
            assertThat(stand.proxy.openSessions()).isEqualTo(1);
            assertThat(stand.port.bytes(CLIENT_TO_SERVER).text()).isEqualTo("seen\n");

            stand.proxy.stop(Duration.ZERO);

            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            assertThat(stand.proxy.openSessions()).isZero();
            assertThat(stand.port.heard(Traffic.Closed.class)).hasSize(1);
        }
    }

    @Test
    void relaysUnseenForThoseTooWhoComeLater() {
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(directory, qemu.endpoint())) {
            stand.proxy.relayUnseen();

            try (Wire client = stand.connect();
                    Wire monitor = qemu.accept()) {
                client.send("unseen\n");
                assertThat(monitor.line()).isEqualTo("unseen\n");
            }
            stand.proxy.stop(Duration.ZERO);

            assertThat(stand.port.heard(Traffic.class)).isEmpty();
        }
    }

    @Test
    void aClientThatWaitsIsStillBroughtToTheMonitorWhileItDrains() {
        Path late = directory.resolve("q.sock");
        try (Stand stand = Stand.between(directory, "unix:" + late);
                Wire client = stand.connect()) {
            client.send("hello\n");
            stand.awaitWaiting();

            stand.proxy.drain();

            try (FakeQemu qemu = FakeQemu.unix(late);
                    Wire monitor = qemu.accept()) {
                assertThat(monitor.line()).isEqualTo("hello\n");
                assertThat(stand.port.bytes(CLIENT_TO_SERVER).isEmpty()).isTrue();
                assertThat(causeOf(stand)).isEqualTo(CloseCause.RECORDING_STOPPED);
            }
        }
    }

    @Test
    void letsWaitingClientsGoAtOnceWhenItStops() {
        try (Stand stand = Stand.between(directory, "unix:" + directory.resolve("no.sock"));
                Wire client = stand.connect()) {
            stand.awaitWaiting();

            stand.proxy.stop(Duration.ofSeconds(30));

            assertThat(causeOf(stand)).isEqualTo(CloseCause.PROXY_STOPPED);
        }
    }

    @Test
    void bringsTheLastWordsToAClientThatWasOnlyJustConnected() {
        EventLoops loops = EventLoops.best();
        CountDownLatch isTold = new CountDownLatch(1);
        // so that it takes its time to find out who is there
        loops.aside(loops.next(), () -> isTold.await(20, TimeUnit.SECONDS));
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(
                        loops, "unix:" + directory.resolve("proxy.sock"), qemu.endpoint(), options -> options);
                Wire client = stand.connect();
                Wire monitor = qemu.accept()) {
            stand.proxy.finish();
            monitor.send("last words\n").close();

            assertThat(client.receiveToEnd().text()).isEqualTo("last words\n");
            isTold.countDown();
        }
    }

    @Test
    void refusesAPathInUseAndLeavesNothingBehind() {
        try (FakeQemu qemu = qemu();
                FakeQemu other = FakeQemu.unix(directory.resolve("proxy.sock"))) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> Stand.between(directory, qemu.endpoint()))
                    .withMessageContaining("in use by a live server");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesToListenOnItsOwnUpstream() {
        Endpoint same = Endpoint.parse("unix:/run/vm.sock");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyOptions.of(same, same))
                .withMessageContaining("they must differ");
    }

    @Test
    void reachesAbstractSockets() {
        EventLoops loops = EventLoops.best();
        assumeThat(loops.missing()).as("what needs epoll").isEmpty();
        loops.close();
        String name = "unix:@qmptape-test-" + UUID.randomUUID();

        try (FakeQemu qemu = qemu();
                Stand inner = Stand.between(name, qemu.endpoint(), options -> options);
                Stand outer = Stand.between(directory, name);
                Wire client = outer.connect();
                Wire monitor = qemu.accept()) {
            client.send("through two\n");

            assertThat(monitor.line()).isEqualTo("through two\n");
        }
    }

    @Test
    void saysWhatIsMissingWithoutEpoll() {
        try (EventLoops loops = EventLoops.portable()) {
            assertThat(loops.carriesPeerIdentity()).isFalse();
            assertThat(loops.missing()).isNotEmpty();
        }
    }

    @Test
    void givesARealQemuThatBehavesAsWithoutIt() {
        String uuid = "6f1f0bd0-4c3a-4a63-9d6f-3c7f8b6a0001";
        try (RealQemu qemu = RealQemu.start(directory, "-name", "guest=vm1,debug-threads=on", "-uuid", uuid);
                Stand stand = Stand.between(directory, qemu.endpoint())) {
            List<String> direct = converse(qemu.endpoint());

            List<String> relayed = converse(stand.endpoint);

            assertThat(relayed).isEqualTo(direct);
            stand.port.awaitBytes(SERVER_TO_CLIENT, String.join("", direct).length());
            assertThat(stand.port.bytes(CLIENT_TO_SERVER).text()).isEqualTo(String.join("", CONVERSATION));
            assertThat(stand.port.bytes(SERVER_TO_CLIENT).text()).isEqualTo(String.join("", direct));
            assertThat(stand.port.heard(Traffic.Opened.class)).singleElement().satisfies(opened -> {
                assertThat(opened.server().pid()).hasValue(qemu.pid());
                assertThat(opened.server().command()).startsWith("qemu-system");
                Machine machine = opened.machine();
                assertThat(machine.name()).isEqualTo("vm1");
                assertThat(machine.knownBy()).isEqualTo(Machine.KnownBy.PROCESS);
                assertThat(machine.uuid()).isEqualTo(uuid);
                assertThat(machine.startTicks()).isPresent();
            });
        }
    }

    @Test
    void bringsTheLastWordsOfAQemuThatQuits() {
        try (RealQemu qemu = RealQemu.start(directory);
                Stand stand = Stand.between(directory, qemu.endpoint());
                Wire client = stand.connect()) {
            client.line();
            client.send("{\"execute\": \"qmp_capabilities\"}{\"execute\": \"quit\"}");

            assertThat(client.receiveToEnd().text().lines())
                    .hasSize(3)
                    .anyMatch(line -> line.contains("SHUTDOWN"))
                    .last()
                    .isEqualTo("{\"return\": {}}");
            assertThat(qemu.hasEnded()).isTrue();
            assertThat(causeOf(stand)).isEqualTo(CloseCause.SERVER_LEFT);
        }
    }

    private static List<String> converse(String endpoint) {
        try (Wire client = Wire.to(endpoint)) {
            List<String> heard = new ArrayList<>(List.of(client.line()));
            for (String command : CONVERSATION) {
                heard.add(client.send(command).line());
            }
            return heard;
        }
    }

    private void awaitRefusal(Stand stand) {
        while (Files.exists(Path.of(stand.endpoint.substring("unix:".length())))) {
            Thread.onSpinWait();
        }
    }

    private static CloseCause causeOf(Stand stand) {
        return stand.port.await(Traffic.Closed.class, 1).get(0).cause();
    }

    private FakeQemu qemu() {
        return FakeQemu.unix(directory.resolve("q.sock"));
    }
}
