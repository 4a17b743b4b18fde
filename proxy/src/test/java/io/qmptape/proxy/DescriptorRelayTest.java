package io.qmptape.proxy;

import static io.qmptape.protocol.Direction.CLIENT_TO_SERVER;
import static io.qmptape.protocol.Direction.SERVER_TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.OpenThing;
import io.qmptape.testkit.Wire;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every descriptor that is passed here is a pipe's, so that it can be told from all others; all are gone at the end. */
@Timeout(60)
final class DescriptorRelayTest {
    @TempDir
    Path directory;

    private final List<OpenThing> made = new ArrayList<>();
    private DescriptorWire.Listening monitors;

    @BeforeEach
    void listen() {
        monitors = DescriptorWire.listen(directory.resolve("q.sock"));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        made.forEach(OpenThing::close);
        monitors.close();
        OpenThing.awaitGone(made.stream().map(OpenThing::mark).toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void bringsEachToItsByte(long seed) {
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            for (Direction way : Direction.values()) {
                DescriptorScript script = DescriptorScript.random(new Random(seed + way.ordinal()), this::pipe);
                DescriptorWire from = way == CLIENT_TO_SERVER ? client : monitor;
                DescriptorWire to = way == CLIENT_TO_SERVER ? monitor : client;

                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> script.sendOver(from));

                assertThat(DescriptorScript.receivedFrom(to, script.length())).isEqualTo(script.expected());
                sending.join();
                stand.port.awaitBytes(way, script.length());
                assertThat(kindsByOffset(stand, way)).isEqualTo(script.kinds());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 253})
    void bringsManyOfOneMessage(int count) {
        int[] numbers = pipes(count);
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            client.send("ab", numbers);

            assertThat(marks(monitor.receiveOne())).isEqualTo(marksOf(numbers));
            assertThat(monitor.receiveOne().descriptors()).isEmpty();
        }
    }

    @Test
    void tellsTheirKinds() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "never looked at");
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept();
                OpenThing aFile = OpenThing.file(file);
                OpenThing aSocket = OpenThing.socket();
                OpenThing aDevice = OpenThing.device();
                OpenThing aPipe = OpenThing.pipe()) {
            client.send("x", aFile.descriptor(), aSocket.descriptor(), aDevice.descriptor(), aPipe.descriptor());

            List<String> marks = marks(monitor.receiveOne());

            assertThat(marks).containsExactly(aFile.mark(), aSocket.mark(), aDevice.mark(), aPipe.mark());
            assertThat(stand.port.await(Traffic.Read.class, 1).get(0).descriptors())
                    .containsExactly(
                            DescriptorKind.FILE, DescriptorKind.SOCKET, DescriptorKind.DEVICE, DescriptorKind.PIPE);
        }
    }

    @Test
    void leaksNoneOfThousands() {
        int number = pipe().descriptor();
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            int before = OpenThing.marksOf("self").size();
            for (int i = 0; i < 2_000; i++) {
                client.send("plain and ");
                client.send("x", number, number);
                for (int at = 0; at < 11; at++) {
                    marks(monitor.receiveOne());
                }
            }
            stand.port.awaitBytes(CLIENT_TO_SERVER, 22_000);
            assertThat(OpenThing.marksOf("self")).hasSize(before);
        }
    }

    @Test
    void holdsFewForAReaderThatStandsStill() {
        int number = pipe().descriptor();
        String mark = made.get(0).mark();
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            int sent = client.sendUntilStalled(Bytes.utf8("x".repeat(2000)), number);

            assertThat(sent).isGreaterThan(100);
            assertThat(count(mark)).isBetween(2L, 80L);
            assertThat(OpenThing.inheritedOf(mark)).isZero();
            for (int i = 0; i < sent; i++) {
                assertThat(marks(monitor.receiveOne())).containsExactly(mark);
                for (int rest = 1999; rest > 0; ) {
                    DescriptorWire.Part part = monitor.receive(rest);
                    assertThat(part.descriptors()).isEmpty();
                    rest -= part.bytes().length();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesWhatIsParkedWhenASideDies(Direction dying) {
        int number = pipe().descriptor();
        String mark = made.get(0).mark();
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            client.sendUntilStalled(Bytes.utf8("x".repeat(2000)), number);
            assertThat(count(mark)).isGreaterThan(1);

            (dying == CLIENT_TO_SERVER ? client : monitor).close();
            (dying == CLIENT_TO_SERVER ? monitor : client).finish();

            if (dying == SERVER_TO_CLIENT) {
                client.close();
                stand.port.await(Traffic.Closed.class, 1);
            }
        }
    }

    @Test
    void bringsThoseThatCameBeforeTheMonitorDid() {
        monitors.close();
        int[] numbers = pipes(3);
        Path late = directory.resolve("late.sock");
        try (Stand stand = Stand.between(directory, "unix:" + late);
                DescriptorWire client = DescriptorWire.to(stand.endpoint)) {
            client.send("a").send("b", numbers[0], numbers[1]).send("c").send("d", numbers[2]);
            stand.awaitWaiting(1);

            try (DescriptorWire.Listening listening = DescriptorWire.listen(late);
                    DescriptorWire monitor = listening.accept()) {
                assertThat(marks(monitor.receiveOne())).isEmpty();
                assertThat(marks(monitor.receiveOne())).containsExactly(markOf(numbers[0]), markOf(numbers[1]));
                assertThat(marks(monitor.receiveOne())).isEmpty();
                assertThat(marks(monitor.receiveOne())).containsExactly(markOf(numbers[2]));
            }
        }
        monitors = DescriptorWire.listen(directory.resolve("again.sock"));
    }

    @Test
    void closesThoseOfAClientThatWaitedInVain() {
        int number = pipe().descriptor();
        try (Stand stand = Stand.between(
                        "unix:" + directory.resolve("p.sock"),
                        "unix:" + directory.resolve("nobody"),
                        options -> options.withPatience(Duration.ofMillis(200)));
                DescriptorWire client = DescriptorWire.to(stand.endpoint)) {
            for (int i = 0; i < 40; i++) {
                client.send("x", number, number);
            }

            stand.port.await(Traffic.Closed.class, 1);

            made.get(0).close();
            OpenThing.awaitGone(List.of(made.remove(0).mark()));
        }
    }

    @Test
    void keepsAHalfCloseBehindThem() {
        int number = pipe().descriptor();
        try (Stand stand = stand();
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                DescriptorWire monitor = monitors.accept()) {
            client.send("x", number).finish();

            assertThat(marks(monitor.receiveOne())).containsExactly(markOf(number));
            assertThat(monitor.receive(1).bytes()).isEqualTo(Bytes.EMPTY);
            monitor.send("y", number).finish();
            assertThat(marks(client.receiveOne())).containsExactly(markOf(number));
            assertThat(client.receive(1).bytes()).isEqualTo(Bytes.EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, unix", "false, tcp"})
    void passesTheBytesAloneWhereItMustAndSaysSo(boolean isPortable, String upstream) {
        int number = pipe().descriptor();
        EventLoops loops = isPortable ? EventLoops.portable() : EventLoops.best();
        try (FakeQemu qemu = upstream.equals("tcp") ? FakeQemu.tcp() : FakeQemu.unix(directory.resolve("f.sock"));
                Stand stand = Stand.between(
                        loops, "unix:" + directory.resolve("p.sock"), qemu.endpoint(), options -> options);
                DescriptorWire client = DescriptorWire.to(stand.endpoint);
                Wire monitor = qemu.accept()) {
            client.send("without\n", number);

            assertThat(monitor.line()).isEqualTo("without\n");
            assertThat(loops.missing(Endpoint.parse(qemu.endpoint())))
                    .anyMatch(lack -> lack.startsWith("file descriptors (add-fd, getfd) do not pass"));
        }
    }

    private static Map<Integer, List<DescriptorKind>> kindsByOffset(Stand stand, Direction way) {
        Map<Integer, List<DescriptorKind>> kinds = new TreeMap<>();
        int at = 0;
        for (Traffic.Read read : stand.port.heard(Traffic.Read.class)) {
            if (read.direction() == way) {
                if (!read.descriptors().isEmpty()) {
                    kinds.put(at, read.descriptors());
                }
                at += read.bytes().length();
            }
        }
        return kinds;
    }

    private Stand stand() {
        return Stand.between(directory, monitors.endpoint());
    }

    private OpenThing pipe() {
        OpenThing pipe = OpenThing.pipe();
        made.add(pipe);
        return pipe;
    }

    private int[] pipes(int count) {
        return IntStream.range(0, count).map(i -> pipe().descriptor()).toArray();
    }

    private static List<String> marks(DescriptorWire.Part part) {
        return part.descriptors().stream().map(OpenThing::takeMark).toList();
    }

    private static List<String> marksOf(int... numbers) {
        return IntStream.of(numbers).mapToObj(DescriptorRelayTest::markOf).toList();
    }

    private static String markOf(int number) {
        return OpenThing.markOf("self", number);
    }

    private static long count(String mark) {
        return OpenThing.marksOf("self").stream().filter(mark::equals).count();
    }
}
