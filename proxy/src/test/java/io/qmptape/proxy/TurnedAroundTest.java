package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.OpenThing;
import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Either side may listen, and either may connect. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class TurnedAroundTest {
    private static final String GREETING = "{\"QMP\": {}}\n";
    private static final String COMMAND = "{\"execute\": \"stop\"}\n";

    @TempDir
    Path directory;

    private String client = "";
    private String monitor = "";

    @BeforeEach
    void name() {
        client = "unix:" + directory.resolve("c.sock");
        monitor = "unix:" + directory.resolve("m.sock");
    }

    @Test
    void aClientWaitsForTheMonitorToConnect() {
        try (Stand stand = monitorConnects();
                Wire asking = Wire.to(client)) {
            assertThat(stand.awaitWaiting().text()).contains("waits for listen:" + monitor + " (none has connected)");

            talk(asking, Wire.to(monitor));

            assertThat(stand.port.await(Traffic.Closed.class, 1)).hasSize(1);
        }
    }

    @Test
    void aMonitorWaitsForItsClientAndLosesNothing() {
        try (Stand stand = monitorConnects()) {
            Wire early = Wire.to(monitor).send(GREETING);
            try (Wire asking = Wire.to(client)) {
                assertThat(asking.line()).isEqualTo(GREETING);
            }
            early.close();
            stand.port.await(Traffic.Closed.class, 1);
        }
    }

    @Test
    void aMonitorThatHungUpMeanwhileIsPassedOver() {
        try (Stand stand = monitorConnects()) {
            Wire.to(monitor).send("gone").close();
            Wire alive = Wire.to(monitor);

            talk(Wire.to(client), alive);

            assertThat(stand.port.await(Traffic.Closed.class, 1)).hasSize(1);
        }
    }

    @Test
    void monitorsThatNobodyTookAreLetGoInTheEnd() {
        Wire left;
        try (Stand stand = monitorConnects()) {
            left = Wire.to(monitor);
        }
        assertThat(left.receiveToEnd().length()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aClientThatListensIsConnectedToWhenAMonitorComes() {
        try (FakeQemu listening = FakeQemu.unix(directory.resolve("c.sock"));
                Stand stand = Stand.between("connect:" + client, "listen:" + monitor, options -> options)) {
            for (int sessions = 1; sessions <= 2; sessions++) {
                Wire coming = Wire.to(monitor);

                talk(listening.accept(), coming);

                stand.port.await(Traffic.Closed.class, sessions);
            }
            assertThat(stand.port.heard(Traffic.Closed.class))
                    .extracting(Traffic.Closed::cause)
                    .containsOnly(CloseCause.SERVER_LEFT);
        }
    }

    @Test
    void aClientThatListensLaterIsFound() {
        try (Stand stand = Stand.between("connect:" + client, "listen:" + monitor, options -> options)) {
            Wire coming = Wire.to(monitor);
            try (FakeQemu listening = FakeQemu.unix(directory.resolve("c.sock"))) {
                talk(listening.accept(), coming);
                stand.port.await(Traffic.Closed.class, 1);
            }
        }
    }

    @Test
    void twoThatListenAreBroughtTogether() {
        try (FakeQemu listening = FakeQemu.unix(directory.resolve("c.sock"));
                FakeQemu qemu = FakeQemu.unix(directory.resolve("m.sock"));
                Stand stand = Stand.between("connect:" + client, monitor, options -> options)) {
            talk(listening.accept(), qemu.accept());

            stand.port.await(Traffic.Closed.class, 1);
        }
    }

    @Test
    void aRealQemuThatConnectsServesOneClientAfterTheOther() {
        String device = "socket,id=m,path=" + directory.resolve("m.sock") + ",server=off,reconnect=1";
        try (Stand stand = monitorConnects();
                RealQemu qemu = RealQemu.start(
                        directory, "-name", "vm1", "-chardev", device, "-mon", "chardev=m,mode=control");
                OpenThing pipe = OpenThing.pipe()) {
            for (int sessions = 1; sessions <= 2; sessions++) {
                try (DescriptorWire asking = DescriptorWire.to(client)) {
                    assertThat(asking.line()).contains("\"QMP\"");
                    asking.send("{\"execute\": \"qmp_capabilities\"}");
                    assertThat(asking.line()).contains("\"return\"");
                    asking.send("{\"execute\": \"getfd\", \"arguments\": {\"fdname\": \"p\"}}", pipe.descriptor());
                    assertThat(asking.line()).contains("{\"return\": {}}");
                }
                stand.port.await(Traffic.Closed.class, sessions);
            }
            List<Traffic.Opened> opened = stand.port.heard(Traffic.Opened.class);
            assertThat(opened).extracting(one -> one.machine().name()).containsExactly("vm1", "vm1");
            assertThat(opened).allMatch(one -> one.machine().pid().getAsLong() == qemu.pid());
        }
    }

    @Test
    void bothSidesMayBeSocketsThatThisProcessWasStartedWith() {
        DescriptorWire.Listening clients = DescriptorWire.listen(directory.resolve("c.sock"));
        DescriptorWire.Listening monitors = DescriptorWire.listen(directory.resolve("m.sock"));
        String listen = "fd:" + clients.handedOver();
        try (Stand stand = Stand.between(listen, "listen:fd:" + monitors.handedOver(), options -> options)) {
            assertThat(stand.endpoint).isEqualTo(client);

            talk(Wire.to(client), Wire.to(monitor));

            stand.port.await(Traffic.Closed.class, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unix:/c, connect:listen:/m, says twice",
        "listen:/q, listen:unix:/q, they must differ",
        "connect:tcp:h:0, /m, needs a port",
        "/c, listen:tcp:h:0, needs a port",
        "/c, fd:5, nothing to connect to",
        "connect:fd:5, /m, nothing to connect to"
    })
    void saysWhatCannotBe(String listen, String upstream, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyOptions.of(Endpoint.parse(listen), Endpoint.parse(upstream)))
                .withMessageContaining(reason);
    }

    private Stand monitorConnects() {
        return Stand.between(client, "listen:" + monitor, options -> options);
    }

    /** Both ways, byte for byte; then the monitor hangs up. */
    private static void talk(Wire client, Wire monitor) {
        monitor.send(GREETING);
        assertThat(client.line()).isEqualTo(GREETING);
        client.send(COMMAND);
        assertThat(monitor.line()).isEqualTo(COMMAND);
        monitor.close();
        assertThat(client.receiveToEnd().length()).isZero();
        client.close();
    }
}
