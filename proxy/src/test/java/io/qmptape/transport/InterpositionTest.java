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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InterpositionTest {
    @ChannelHandler.Sharable
    private static final class Mute extends ChannelInboundHandlerAdapter {}

    @TempDir
    Path directory;

    private final EventLoops loops = EventLoops.best();
    private Path path = Path.of("");
    private Path aside = Path.of("");

    @BeforeEach
    void nameThem() {
        path = directory.resolve("q.sock");
        aside = directory.resolve(".q.sock.qmptape");
    }

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    @Test
    void takesThePathAndGivesItBack() throws IOException {
        try (FakeQemu qemu = FakeQemu.unix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrw----"));
            Object monitor = inode(path);

            try (Listener listener = interpose()) {
                assertThat(inode(path)).isNotEqualTo(monitor);
                assertThat(inode(aside)).isEqualTo(monitor);
                assertThat(Files.getPosixFilePermissions(path)).isEqualTo(Files.getPosixFilePermissions(aside));
                assertThat(Files.getOwner(path)).isEqualTo(Files.getOwner(aside));
                assertThat(listener.isInPlace()).isTrue();
            }

            assertThat(inode(path)).isEqualTo(monitor);
            assertThat(directory).isDirectoryContaining(path::equals).isDirectoryNotContaining(aside::equals);
            Wire.to("unix:" + path).close();
            qemu.accept().close();
        }
    }

    @Test
    void doesNotConnectToAMonitorToSeeThatItLives() throws IOException {
        try (ServerSocketChannel monitor = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            monitor.bind(UnixDomainSocketAddress.of(path)).configureBlocking(false);

            interpose().close();

            assertThat(monitor.accept()).isNull();
        }
    }

    @Test
    void findsTheMonitorThatACrashLeftAside() throws IOException {
        try (FakeQemu qemu = FakeQemu.unix(path)) {
            Object monitor = inode(path);
            Files.move(path, aside);
            leaveDeadSocket(path);

            try (Listener listener = interpose()) {
                assertThat(inode(aside)).isEqualTo(monitor);
                assertThat(listener.isInPlace()).isTrue();
            }

            assertThat(inode(path)).isEqualTo(monitor);
            assertThat(aside).doesNotExist();
        }
    }

    @Test
    void goesOnFromACrashBetweenTwoSteps() throws IOException {
        try (FakeQemu qemu = FakeQemu.unix(path)) {
            Object monitor = inode(path);
            Files.createLink(aside, path);

            interpose().close();

            assertThat(inode(path)).isEqualTo(monitor);
            assertThat(aside).doesNotExist();
        }
    }

    @Test
    void forgetsAMonitorThatDiedAsideWhenAnotherHasItsPath() throws IOException {
        leaveDeadSocket(aside);
        try (FakeQemu next = FakeQemu.unix(path)) {
            Object monitor = inode(path);

            try (Listener listener = interpose()) {
                assertThat(inode(aside)).isEqualTo(monitor);
            }

            assertThat(inode(path)).isEqualTo(monitor);
        }
    }

    @Test
    void refusesToStandInFrontOfAnotherOne() throws IOException {
        try (FakeQemu qemu = FakeQemu.unix(path);
                Listener first = interpose()) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(this::interpose)
                    .withMessageContaining("another process stands in front of it already")
                    .withMessageContaining(aside.toString());
            assertThat(first.isInPlace()).isTrue();
        }
    }

    @Test
    void refusesWhatIsNoMonitor() throws IOException {
        refuses("there is no such socket");
        Files.writeString(path, "mine");
        refuses("it is no socket");
        Files.delete(path);
        leaveDeadSocket(path);
        refuses("nobody listens there");
        Files.writeString(aside, "mine");
        refuses("is no socket, it stays");
        assertThat(aside).hasContent("mine");
    }

    @Test
    void leavesThePathToAServerThatTookIt() throws IOException {
        FakeQemu qemu = FakeQemu.unix(path);
        try (Listener listener = interpose()) {
            qemu.close();
            Files.deleteIfExists(path);
            try (FakeQemu next = FakeQemu.unix(path)) {
                Object taken = inode(path);
                assertThat(listener.isInPlace()).isFalse();

                listener.close();

                assertThat(inode(path)).isEqualTo(taken);
                assertThat(aside).doesNotExist();
            }
        }
    }

    @Test
    void leavesNothingOfAMonitorThatIsGone() throws IOException {
        FakeQemu qemu = FakeQemu.unix(path);
        try (Listener listener = interpose()) {
            qemu.close();
            Files.deleteIfExists(path);
            assertThat(listener.isInPlace()).isFalse();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void putsALiveMonitorBackWhereSomebodyRemovedThePath() throws IOException {
        try (FakeQemu qemu = FakeQemu.unix(path)) {
            Object monitor = inode(path);
            try (Listener listener = interpose()) {
                Files.delete(path);
                assertThat(listener.isInPlace()).isFalse();
            }
            assertThat(inode(path)).isEqualTo(monitor);
        }
    }

    @Test
    void followsASymbolicLinkToTheSocket() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        try (FakeQemu qemu = FakeQemu.unix(path)) {
            assertThat(InterposedEndpoint.at(link)).isEqualTo(new InterposedEndpoint(path.toRealPath()));
        }
    }

    private void refuses(String reason) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(this::interpose)
                .withMessageStartingWith("cannot listen on unix:" + path + ": ")
                .withMessageContaining(reason);
    }

    private Listener interpose() {
        return loops.listen(new InterposedEndpoint(path), Optional.empty(), new Mute());
    }

    private static void leaveDeadSocket(Path place) throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(place)).close();
    }

    private static Object inode(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
