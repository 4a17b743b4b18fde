package io.qmptape.proxy;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ArrivalTest {
    @TempDir
    Path directory;

    @Test
    void waitsForAMonitorThatComesLater() {
        try (Stand stand = stand(Duration.ofSeconds(20));
                Wire client = stand.connect()) {
            client.send("early bird\n");
            Waiting told = stand.awaitWaiting();

            try (FakeQemu qemu = qemu();
                    Wire monitor = qemu.accept()) {
                assertThat(monitor.line()).isEqualTo("early bird\n");
                monitor.send("worm\n");
                assertThat(client.line()).isEqualTo("worm\n");
            }
            assertThat(told.text())
                    .endsWith("waits for unix:" + socket() + " (No such file or directory), at most 20 s");
            assertThat(stand.waiting).isEmpty();
            stand.port.awaitBytes(CLIENT_TO_SERVER, "early bird\n".length());
            assertThat(stand.port.bytes(CLIENT_TO_SERVER).text()).isEqualTo("early bird\n");
        }
    }

    @Test
    void givesUpAMonitorThatNeverComes() {
        try (Stand stand = stand(Duration.ofMillis(300));
                Wire client = stand.connect()) {
            assertThat(client.receiveToEnd().isEmpty()).isTrue();

            assertThat(causes(stand, 1)).containsExactly(CloseCause.UPSTREAM_UNREACHABLE);
            assertThat(stand.port.heard(Traffic.Opened.class)).singleElement().satisfies(opened -> {
                assertThat(opened.machine().name()).isEqualTo("unix:" + socket());
                assertThat(opened.server()).isEqualTo(Peer.UNKNOWN);
            });
        }
    }

    @Test
    void noticesThatAWaitingClientLeaves() {
        try (Stand stand = stand(Duration.ofSeconds(50))) {
            try (Wire client = stand.connect()) {
                stand.awaitWaiting();
            }

            assertThat(causes(stand, 1)).containsExactly(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void deliversWhatAClientSaidThatHasLeftMeanwhile() {
        try (Stand stand = stand(Duration.ofSeconds(20))) {
            try (Wire client = stand.connect()) {
                client.send("goodbye\n");
                stand.awaitWaiting();
            }

            try (FakeQemu qemu = qemu();
                    Wire monitor = qemu.accept()) {
                assertThat(monitor.receiveToEnd().text()).isEqualTo("goodbye\n");
            }
            assertThat(causes(stand, 1)).containsExactly(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void givesUpAfterItsPatienceWhatAClientLeftBehind() {
        try (Stand stand = stand(Duration.ofMillis(400))) {
            try (Wire client = stand.connect()) {
                client.send("goodbye\n");
                stand.awaitWaiting();
            }

            assertThat(causes(stand, 1)).containsExactly(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void holdsLittleOfWhatAWaitingClientSends() {
        try (Stand stand = stand(Duration.ofSeconds(20));
                Wire client = stand.connect()) {
            int sent = client.sendUntilStalled(Bytes.lend(new byte[10 << 20]));

            assertThat(sent).isLessThan(1 << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void servesFiveClientsInTurnWhereTheBacklogIsOne(boolean isPortable) {
        EventLoops loops = isPortable ? EventLoops.portable() : EventLoops.best();
        try (FakeQemu qemu = qemu();
                Stand stand = Stand.between(loops, listen(), qemu.endpoint(), options -> options)) {
            List<Wire> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(stand.connect().send("client " + i + "\n"));
                awaitConnectedOrWaiting(stand, i + 1);
            }

            for (int i = 0; i < 5; i++) {
                try (Wire monitor = qemu.accept();
                        Wire client = clients.get(i)) {
                    assertThat(monitor.line()).isEqualTo("client " + i + "\n");
                    monitor.send(FakeQemu.GREETING);
                    assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
                }
            }
            assertThat(causes(stand, 5)).hasSize(5).doesNotContain(CloseCause.UPSTREAM_UNREACHABLE);
            assertThat(stand.waiting)
                    .hasSize(3)
                    .allSatisfy(told -> assertThat(told.text()).endsWith("as long as it stays"));
        }
    }

    @Test
    void letsABusyMonitorsClientsWaitLongerThanTheirPatience() {
        try (FakeQemu qemu = qemu();
                Wire first = Wire.to(qemu.endpoint());
                Wire second = Wire.to(qemu.endpoint());
                Stand stand = stand(Duration.ofMillis(100));
                Wire client = stand.connect()) {
            stand.awaitWaiting();
            try (Wire impatient = Stand.between(
                            "unix:" + directory.resolve("other.sock"),
                            "unix:" + directory.resolve("no.sock"),
                            options -> options.withPatience(Duration.ofMillis(300)))
                    .connect()) {
                impatient.receiveToEnd();
            }

            qemu.accept().close();
            qemu.accept().close();
            qemu.accept().send("your turn\n");

            assertThat(client.line()).isEqualTo("your turn\n");
        }
    }

    @Test
    void letsABusyMonitorsClientGoThatLeftWithMoreThanIsHeld() {
        try (FakeQemu qemu = qemu();
                Wire first = Wire.to(qemu.endpoint());
                Wire second = Wire.to(qemu.endpoint());
                Stand stand = stand(Duration.ofMillis(400))) {
            try (Wire client = stand.connect()) {
                stand.awaitWaiting();
                client.sendUntilStalled(Bytes.lend(new byte[10 << 20]));
            }

            assertThat(causes(stand, 1)).containsExactly(CloseCause.CLIENT_LEFT);
        }
    }

    @Test
    void tellsWhoIsAtBothEnds() {
        try (FakeQemu qemu = qemu();
                Stand stand = stand(Duration.ofSeconds(5));
                Wire client = stand.connect()) {
            Traffic.Opened opened = stand.port.await(Traffic.Opened.class, 1).get(0);

            assertThat(opened.client().pid()).hasValue(ProcessHandle.current().pid());
            assertThat(opened.client().command()).isEqualTo("java");
            assertThat(opened.server().pid()).hasValue(ProcessHandle.current().pid());
            assertThat(opened.machine().knownBy()).isEqualTo(Machine.KnownBy.ENDPOINT);
            assertThat(opened.machine().name()).isEqualTo(qemu.endpoint());
            assertThat(opened.listen()).isEqualTo(listen());
            assertThat(opened.upstream()).isEqualTo(qemu.endpoint());
        }
    }

    @Test
    void takesTheMachinesNameFromItsOptions() {
        try (FakeQemu qemu = FakeQemu.tcp();
                Stand stand = Stand.between("tcp:127.0.0.1:0", qemu.endpoint(), options -> options.named("vm1"));
                Wire client = stand.connect()) {
            Traffic.Opened opened = stand.port.await(Traffic.Opened.class, 1).get(0);

            assertThat(opened.machine()).isEqualTo(Machine.named("vm1"));
            assertThat(opened.client().address()).startsWith("127.0.0.1:");
            assertThat("tcp:" + opened.server().address()).isEqualTo(qemu.endpoint());
        }
    }

    private Stand stand(Duration patience) {
        return Stand.between(listen(), "unix:" + socket(), options -> options.withPatience(patience));
    }

    private String listen() {
        return "unix:" + directory.resolve("p.sock");
    }

    private Path socket() {
        return directory.resolve("q.sock");
    }

    private FakeQemu qemu() {
        return FakeQemu.unix(socket());
    }

    private static void awaitConnectedOrWaiting(Stand stand, int clients) {
        // two fit into the backlog, the others are told to wait
        if (clients <= 2) {
            stand.port.await(Traffic.Read.class, clients);
        } else {
            stand.awaitWaiting(clients - 2);
        }
    }

    private static List<CloseCause> causes(Stand stand, int count) {
        return stand.port.await(Traffic.Closed.class, count).stream()
                .map(Traffic.Closed::cause)
                .toList();
    }
}
