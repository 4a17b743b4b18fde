package io.qmptape.replay.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.replay.Divergence;
import io.qmptape.replay.Recording;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import io.qmptape.transport.TcpEndpoint;
import io.qmptape.transport.UnixEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, with a client that knows nothing but Java. */
@ParameterizedClass(name = "portable: {0}")
@ValueSource(booleans = {false, true})
@Timeout(60)
final class ReplayServerTest {
    private static final String GREETING = "{\"QMP\": {}}\r\n";
    private static final String COMMAND = "{\"execute\": \"query-status\"}";
    private static final String REPLY = "{\"return\": {\"running\": true}}\r\n";
    private static final String QUIT = "{\"execute\": \"quit\"}";
    private static final String QUITTING = "{\"event\": \"SHUTDOWN\"}\r\n{\"return\": {}}\r\n";

    @TempDir
    private Path directory;

    private final EventLoops loops;

    /** Played alike with either kind of channels. */
    ReplayServerTest(boolean isPortable) {
        loops = isPortable ? EventLoops.portable() : EventLoops.best();
    }

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    static Stream<String> kinds() {
        return Stream.of("unix", "tcp");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void playsAScriptThatTheServerEnds(String kind) throws Exception {
        Script script = talk().client(QUIT).server(QUITTING).scriptThatServerEnds();
        try (ReplayServer server = server(kind, script);
                SocketChannel client = connect(server.start())) {
            assertThat(read(client, GREETING.length())).isEqualTo(GREETING);
            write(client, COMMAND);
            assertThat(read(client, REPLY.length())).isEqualTo(REPLY);
            write(client, QUIT);
            assertThat(readToEnd(client)).isEqualTo(QUITTING);
            assertThat(resultOf(server)).isEqualTo(new PlayResult.Played(2, 4));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void playsToAClientThatSendsAllAndEndsItsSending(String kind) throws Exception {
        try (ReplayServer server = server(kind, talk().script());
                SocketChannel client = connect(server.start())) {
            write(client, COMMAND + "\n");
            client.shutdownOutput();

            assertThat(readToEnd(client)).isEqualTo(GREETING + REPLY);
            assertThat(resultOf(server)).isEqualTo(new PlayResult.Played(1, 2));
        }
    }

    @Test
    void isPlayedWhenTheClientClosesAtTheEnd() throws Exception {
        try (ReplayServer server = server("unix", talk().script())) {
            try (SocketChannel client = connect(server.start())) {
                write(client, COMMAND);
                read(client, (GREETING + REPLY).length());
            }
            assertThat(resultOf(server)).isEqualTo(new PlayResult.Played(1, 2));
        }
    }

    @Test
    void isPlayedWhenItIsClosedOverAClientThatStays() throws Exception {
        ReplayServer server = server("unix", talk().script());
        try (SocketChannel client = connect(server.start())) {
            write(client, COMMAND);
            read(client, (GREETING + REPLY).length());
            server.close();
            server.close();

            assertThat(readToEnd(client)).isEmpty();
            assertThat(resultOf(server)).isEqualTo(new PlayResult.Played(1, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closesTheConnectionAtADivergence(String kind) throws Exception {
        try (ReplayServer server = server(kind, talk().script());
                SocketChannel client = connect(server.start())) {
            write(client, QUIT);

            assertThat(readToEnd(client)).isEqualTo(GREETING);
            assertThat(resultOf(server))
                    .isInstanceOfSatisfying(
                            PlayResult.Parted.class,
                            parted -> assertThat(parted.divergence().kind()).isEqualTo(Divergence.Kind.DIFFERENT));
        }
    }

    @Test
    void tellsAClientThatLeavesEarly() throws Exception {
        try (ReplayServer server = server("unix", talk().script())) {
            connect(server.start()).close();

            assertThat(resultOf(server))
                    .isInstanceOfSatisfying(
                            PlayResult.Parted.class,
                            parted -> assertThat(parted.divergence().kind()).isEqualTo(Divergence.Kind.LEFT_EARLY));
        }
    }

    @Test
    void closesASecondClientAtOnce() throws Exception {
        try (ReplayServer server = server("unix", talk().script())) {
            Endpoint endpoint = server.start();
            try (SocketChannel first = connect(endpoint)) {
                assertThat(read(first, GREETING.length())).isEqualTo(GREETING);
                try (SocketChannel second = connect(endpoint)) {
                    assertThat(readToEnd(second)).isEmpty();
                }
                write(first, COMMAND);
                assertThat(read(first, REPLY.length())).isEqualTo(REPLY);
            }
        }
    }

    @Test
    void isStoppedWhenItIsClosedBeforeAnyoneCame() throws Exception {
        ReplayServer server = server("unix", talk().script());
        Path socket = ((UnixEndpoint) server.start()).path();

        server.close();

        assertThat(resultOf(server)).isEqualTo(new PlayResult.Stopped());
        assertThat(Files.exists(socket)).isFalse();
    }

    @Test
    void saysWhatItCannotBind() {
        Endpoint nowhere = new UnixEndpoint(directory.resolve("none").resolve("s"));
        try (ReplayServer server = new ReplayServer(loops, nowhere, talk().script(), Secrets.withoutKey())) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on " + nowhere);
        }
    }

    @Test
    void sendsALongReplyWhole() throws Exception {
        String reply = "{\"return\": \"" + "x".repeat(5 << 20) + "\"}\r\n";
        Script script = new Recording().client(COMMAND).server(reply).scriptThatServerEnds();
        try (ReplayServer server = server("tcp", script);
                SocketChannel client = connect(server.start())) {
            write(client, COMMAND);

            assertThat(readToEnd(client)).isEqualTo(reply);
            assertThat(resultOf(server)).isEqualTo(new PlayResult.Played(1, 1));
        }
    }

    private static Recording talk() {
        return new Recording().server(GREETING).client(COMMAND).server(REPLY);
    }

    private ReplayServer server(String kind, Script script) {
        Endpoint endpoint =
                kind.equals("tcp") ? new TcpEndpoint("127.0.0.1", 0) : new UnixEndpoint(directory.resolve("qmp.sock"));
        return new ReplayServer(loops, endpoint, script, Secrets.withoutKey());
    }

    private static PlayResult resultOf(ReplayServer server) throws Exception {
        return server.result().get(20, TimeUnit.SECONDS);
    }

    private static SocketChannel connect(Endpoint endpoint) throws IOException {
        SocketAddress address = endpoint instanceof TcpEndpoint tcp
                ? new InetSocketAddress(tcp.host(), tcp.port())
                : UnixDomainSocketAddress.of(((UnixEndpoint) endpoint).path());
        return SocketChannel.open(address);
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String read(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    private static String readToEnd(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (channel.read(bytes) >= 0) {
            all.write(bytes.array(), 0, bytes.position());
            bytes.clear();
        }
        return all.toString(UTF_8);
    }
}
