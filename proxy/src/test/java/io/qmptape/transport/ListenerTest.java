package io.qmptape.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenerTest {
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
    void isReachedByItsPathUntilItIsClosed() {
        Listener listener = listen("a.sock");

        try (Wire client = Wire.to(listener.endpoint().toString())) {
            assertThat(files()).containsExactly("a.sock");
            listener.close();
            assertThat(files()).isEmpty();
        }
        listener.close();
    }

    @Test
    void letsOnlyItsOwnerInWhereTheModelCannotBeRead() throws IOException {
        try (Listener listener = listen("a.sock")) {
            assertThat(modeOf("a.sock")).isEqualTo("rw-------");
        }
    }

    @Test
    void takesTheModeOfTheModel() throws IOException {
        Path model = directory.resolve("q.sock");
        try (FakeQemu qemu = FakeQemu.unix(model)) {
            Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rwxrw-r--"));

            try (Listener listener =
                    loops.listen(endpoint("a.sock"), Optional.of(new UnixEndpoint(model)), new Mute())) {
                assertThat(modeOf("a.sock")).isEqualTo("rwxrw-r--");
            }
        }
    }

    @Test
    void neverUnlinksALiveServersSocket() {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("a.sock"))) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> listen("a.sock"))
                    .withMessage("cannot listen on " + endpoint("a.sock") + ": it is in use by a live server");
            Wire.to(qemu.endpoint()).close();
        }
    }

    @Test
    void takesAServerWithAFullBacklogForLive() {
        try (FakeQemu qemu = FakeQemu.unix(directory.resolve("a.sock"));
                Wire first = Wire.to(qemu.endpoint());
                Wire second = Wire.to(qemu.endpoint())) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> listen("a.sock"))
                    .withMessageContaining("in use by a live server");
        }
    }

    @Test
    void replacesTheSocketOfADeadServer() throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(directory.resolve("a.sock"))).close();
        assertThat(files()).containsExactly("a.sock");

        try (Listener listener = listen("a.sock");
                Wire client = Wire.to(listener.endpoint().toString())) {
            assertThat(files()).containsExactly("a.sock");
        }
    }

    @Test
    void leavesAFileThatIsNoSocketAlone() throws IOException {
        Files.writeString(directory.resolve("a.sock"), "mine");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> listen("a.sock"))
                .withMessageContaining("no socket");
        assertThat(directory.resolve("a.sock")).hasContent("mine");
    }

    @Test
    void leavesASocketAloneThatTookItsPlace() throws IOException {
        Listener listener = listen("a.sock");
        Files.delete(directory.resolve("a.sock"));

        try (FakeQemu other = FakeQemu.unix(directory.resolve("a.sock"))) {
            listener.close();
            Wire.to(other.endpoint()).close();
        }
    }

    @Test
    void namesTheDirectoryThatIsMissing() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> listen("no/a.sock"))
                .withMessageContaining("the directory " + directory.resolve("no") + " does not exist");
    }

    @Test
    void saysThatAPortIsTaken() {
        try (FakeQemu qemu = FakeQemu.tcp()) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> loops.listen(Endpoint.parse(qemu.endpoint()), Optional.empty(), new Mute()))
                    .withMessage("cannot listen on " + qemu.endpoint() + ": Address already in use");
        }
    }

    @Test
    void tellsThePortThatTheSystemChose() {
        try (Listener listener = loops.listen(new TcpEndpoint("127.0.0.1", 0), Optional.empty(), new Mute())) {
            Wire.to(listener.endpoint().toString()).close();
        }
    }

    @Test
    void bindsWhereAPathIsAsLongAsCanBe() {
        // one less than the system's limit: the client here is Java's own
        String name = "n".repeat(UnixEndpoint.MAX_PATH_BYTES - 1 - UnixEndpoint.lengthOf(directory) - 1);

        try (Listener listener = listen(name)) {
            Wire.to(listener.endpoint().toString()).close();
        }
    }

    private Listener listen(String name) {
        return loops.listen(endpoint(name), Optional.empty(), new Mute());
    }

    private UnixEndpoint endpoint(String name) {
        return new UnixEndpoint(directory.resolve(name));
    }

    private String modeOf(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
