package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.DeafRelay;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both sockets in a directory whose path is longer than that of a unix socket may be. */
@Timeout(60)
final class LongPathTest {
    private static final int LOOK_MILLIS = 10;

    @TempDir
    Path directory;

    private Path deep;
    private Path link;

    @BeforeEach
    void make() throws IOException {
        deep = Files.createDirectory(directory.resolve("d".repeat(120)));
        link = Files.createSymbolicLink(directory.resolve("l"), deep);
    }

    @Test
    void areReachedByASymbolicLink() {
        try (FakeQemu qemu = FakeQemu.unix(link.resolve("q.sock")).answering();
                Stand stand = Stand.between(link, qemu.endpoint());
                Wire client = stand.connect()) {
            assertThat(deep).isDirectoryContaining(file -> file.endsWith("proxy.sock"));
            assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
        }
    }

    @Test
    void areReachedByTheirNamesFromTheDirectoryItself() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process relay = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeafRelay.class.getName(),
                        "p.sock",
                        "q.sock")
                .directory(deep.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try (FakeQemu qemu = FakeQemu.unix(link.resolve("q.sock")).answering()) {
            awaitSocket(relay);
            try (Wire client = Wire.to("unix:" + link.resolve("p.sock"))) {
                assertThat(client.line()).isEqualTo(FakeQemu.GREETING);
            }
        } finally {
            relay.destroyForcibly();
        }
    }

    private void awaitSocket(Process relay) throws Exception {
        while (!Files.exists(deep.resolve("p.sock"))) {
            boolean hasEnded = relay.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(hasEnded).as(() -> logOf()).isFalse();
        }
    }

    private String logOf() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
