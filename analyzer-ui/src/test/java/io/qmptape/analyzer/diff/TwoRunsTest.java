package io.qmptape.analyzer.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.conversation.Exchange;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one script against a real QEMU are the same session. */
class TwoRunsTest {
    private static final String QEMU = "qemu-system-x86_64";
    private static final List<String> SCRIPT = List.of(
            "qmp_capabilities",
            "query-version",
            "query-status",
            "query-cpus-fast",
            "query-iothreads",
            "query-block",
            "query-named-block-nodes",
            "query-blockstats",
            "query-chardev",
            "query-vnc",
            "query-migrate",
            "query-uuid",
            "query-memory-devices",
            "query-pci",
            "query-commands",
            "no-such-command",
            "cont",
            "stop",
            "query-status",
            "quit");

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void differInNothingThatMatters() throws IOException, InterruptedException {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, QEMU)));
        if (System.getProperty("qmptape.tests.required", "").contains("qemu")) {
            assertThat(isInstalled).as(QEMU + " is required here").isTrue();
        }
        assumeTrue(isInstalled, QEMU + " is not installed");

        List<Exchange> first = run("first");
        List<Exchange> second = run("second");

        assertThat(first).hasSize(SCRIPT.size());
        assertThat(SessionDiff.of(first, second).rows())
                .extracting(SeededEditsTest::describe)
                .containsOnly("");
    }

    private List<Exchange> run(String name) throws IOException, InterruptedException {
        Path socket = directory.resolve(name);
        Path disk = Files.write(directory.resolve("disk.img"), new byte[1 << 16]);
        Process qemu = new ProcessBuilder(
                        QEMU,
                        "-M",
                        "q35",
                        "-accel",
                        "tcg",
                        "-m",
                        "64",
                        "-display",
                        "none",
                        "-S",
                        "-drive",
                        "if=virtio,format=raw,snapshot=on,file=" + disk,
                        "-object",
                        "iothread,id=io0",
                        "-qmp",
                        "unix:" + socket + ",server=on,wait=off")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        try {
            return converse(connect(socket, qemu));
        } finally {
            qemu.destroy();
            qemu.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static SocketChannel connect(Path socket, Process qemu) throws IOException {
        while (true) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException notYet) {
                channel.close();
                assertThat(qemu.isAlive()).as("QEMU runs").isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static List<Exchange> converse(SocketChannel channel) throws IOException {
        Frames session = Frames.ofMachine("run");
        FrameSplitter splitter = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        try (channel) {
            readUntil(channel, splitter, session, "{\"QMP\"");
            for (String command : SCRIPT) {
                String json = "{\"execute\": \"" + command + "\", \"id\": \"" + System.nanoTime() + "\"}";
                channel.write(ByteBuffer.wrap(Bytes.utf8(json).toArray()));
                session.client(json);
                readUntil(channel, splitter, session, "\"id\"");
            }
        }
        return Exchange.of(session.frames());
    }

    private static void readUntil(SocketChannel channel, FrameSplitter splitter, Frames session, String mark)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        List<Delimited> arrived = new ArrayList<>();
        while (arrived.stream().noneMatch(delimited -> delimited.bytes().text().contains(mark))) {
            int count = channel.read(buffer.clear());
            assertThat(count).as("bytes of QEMU").isPositive();
            Bytes chunk = Bytes.copyOf(Arrays.copyOf(buffer.array(), count));
            splitter.accept(chunk, 1, List.of(), delimited -> {
                assertThat(delimited.kind()).isEqualTo(FrameKind.MESSAGE);
                arrived.add(delimited);
            });
        }
        arrived.forEach(delimited -> session.add(Direction.SERVER_TO_CLIENT, delimited.bytes()));
    }
}
