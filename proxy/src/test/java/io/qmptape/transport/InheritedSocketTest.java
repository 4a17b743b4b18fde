package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.Socket;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.OpenThing;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class InheritedSocketTest {
    @ChannelHandler.Sharable
    private static final class Mute extends ChannelInboundHandlerAdapter {}

    @TempDir
    Path directory;

    private final EventLoops loops = EventLoops.best();

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    @Test
    void isListenedAtWhereItWasBoundAndLeavesItsFile() {
        Path path = directory.resolve("a.sock");
        DescriptorWire.Listening passed = DescriptorWire.listen(path);

        try (Listener listener = listen(passed.handedOver())) {
            assertThat(listener.endpoint()).isEqualTo(new UnixEndpoint(path));
            Wire.to(passed.endpoint()).close();
        }
        assertThat(path).exists();
    }

    @Test
    void mayBeATcpPort() throws IOException {
        Socket passed = Socket.newSocketStream();
        passed.bind(new InetSocketAddress("127.0.0.1", 0));
        passed.listen(1);
        int port = passed.localAddress().getPort();
        InheritedEndpoint endpoint = new InheritedEndpoint(passed.intValue());

        assertThat(loops.missing(endpoint)).singleElement().asString().endsWith("over TCP");
        try (Listener listener = listen(endpoint.number())) {
            assertThat(listener.endpoint()).isEqualTo(new TcpEndpoint("127.0.0.1", port));
            Wire.to(listener.endpoint().toString()).close();
        }
    }

    @Test
    void whatIsNoListeningSocketIsRefusedWithTheReason() {
        try (OpenThing pipe = OpenThing.pipe();
                OpenThing connected = OpenThing.socket()) {
            refuses(pipe.descriptor(), "it is no socket that this process was started with");
            refuses(connected.descriptor(), "it is no stream socket that listens");
        }
    }

    @Test
    void systemdsOnlySocketIsMeant() {
        assertThat(SocketActivation.of(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "77"), 77))
                .isEqualTo(new InheritedEndpoint(3));
    }

    @Test
    void socketsOfAnotherProcessAreNotOurs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketActivation.of(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "76"), 77))
                .withMessageContaining("passed no socket to this process");
    }

    @Test
    void oneOfMoreMustBeNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketActivation.of(Map.of("LISTEN_FDS", "2", "LISTEN_PID", "77"), 77))
                .withMessageContaining("fd:3 for the first");
    }

    private void refuses(int number, String reason) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> listen(number))
                .withMessageStartingWith("cannot listen on fd:" + number + ": " + reason);
    }

    private Listener listen(int number) {
        return loops.listen(new InheritedEndpoint(number), Optional.empty(), new Mute());
    }
}
