package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.DeafRelay;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.Installed;
import io.qmptape.testkit.OpenThing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay in a process of its own that may open no more descriptors than it has when a message with many comes. */
@Timeout(60)
final class NoRoomForDescriptorsTest {
    private static final int COUNT = 250;

    @TempDir
    Path directory;

    private Path prlimit;
    private Process relay;
    private Path log;
    private DescriptorWire.Listening monitors;
    private List<OpenThing> things;

    @BeforeEach
    void start() throws IOException {
        prlimit = Installed.require("prlimit", "prlimit");
        monitors = DescriptorWire.listen(directory.resolve("q.sock"));
        things = IntStream.range(0, COUNT).mapToObj(i -> OpenThing.pipe()).toList();
        log = directory.resolve("log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(asAnyUser());
        command.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DeafRelay.class.getName(), "unix:" + directory.resolve("p.sock")));
        command.add(monitors.endpoint());
        relay = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Root would be above one of the limits. */
    private static List<String> asAnyUser() {
        return System.getProperty("user.name").equals("root")
                ? List.of(Installed.require("setpriv", "prlimit").toString(), "--bounding-set=-sys_resource,-sys_admin")
                : List.of();
    }

    @AfterEach
    void stop() {
        relay.destroyForcibly();
        monitors.close();
        things.forEach(OpenThing::close);
    }

    @Test
    void theyWaitUntilThereIsRoom() throws Exception {
        try (DescriptorWire client = connect();
                DescriptorWire monitor = monitors.accept()) {
            passOne(client, monitor);
            limit(openInRelay() + 20);
            client.send("before");
            client.send("x", numbers());

            assertThat(monitor.receive(6).bytes().text()).isEqualTo("before");
            awaitLog("file descriptors wait");
            limit(1000);

            assertThat(monitor.receiveOne().descriptors().stream().map(OpenThing::takeMark))
                    .containsExactlyElementsOf(
                            things.stream().map(OpenThing::mark).toList());
        }
    }

    @Test
    void theConnectionEndsWhereThereIsNeverRoom() throws Exception {
        try (DescriptorWire client = connect();
                DescriptorWire monitor = monitors.accept()) {
            passOne(client, monitor);
            int before = openInRelay();
            limit(before + 20);
            client.send("x", numbers());

            assertThat(monitor.receive(1)).isEqualTo(new DescriptorWire.Part(Bytes.EMPTY, List.of()));
            assertThat(OpenThing.marksOf(relay.pid()))
                    .doesNotContainAnyElementsOf(
                            things.stream().map(OpenThing::mark).toList());
        }
    }

    @Test
    void theyWaitWhileTooManyAreUnderWay() throws Exception {
        try (DescriptorWire client = connect();
                DescriptorWire monitor = monitors.accept();
                DescriptorWire.Listening elsewhere = DescriptorWire.listen(directory.resolve("e"));
                DescriptorWire sender = DescriptorWire.to(elsewhere.endpoint());
                DescriptorWire reader = elsewhere.accept()) {
            passOne(client, monitor);
            limit(openInRelay() + 20);
            sender.send("x", numbers());
            int number = things.get(0).descriptor();
            client.send("a", number).send("b").send("c", number);
            awaitLog("under way");
            reader.close();

            assertThat(monitor.receiveOne().descriptors().stream().map(OpenThing::takeMark))
                    .containsExactly(things.get(0).mark());
            assertThat(monitor.receiveOne().descriptors()).isEmpty();
            assertThat(monitor.receiveOne().descriptors().stream().map(OpenThing::takeMark))
                    .containsExactly(things.get(0).mark());
        }
    }

    /** All classes are loaded then: that needs descriptors too. */
    private void passOne(DescriptorWire client, DescriptorWire monitor) {
        client.send("y", things.get(0).descriptor());
        monitor.receiveOne().descriptors().forEach(OpenThing::takeMark);
    }

    private DescriptorWire connect() throws IOException {
        while (!Files.exists(directory.resolve("p.sock"))) {
            assertThat(relay.isAlive()).as(Files.readString(log)).isTrue();
        }
        return DescriptorWire.to("unix:" + directory.resolve("p.sock"));
    }

    private int openInRelay() {
        return OpenThing.marksOf(relay.pid()).size();
    }

    private void limit(int descriptors) throws IOException, InterruptedException {
        Process limiting = new ProcessBuilder(
                        prlimit.toString(), "--pid", Long.toString(relay.pid()), "--nofile=" + descriptors + ":")
                .inheritIO()
                .start();
        assertThat(limiting.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(limiting.exitValue()).isZero();
    }

    private void awaitLog(String words) throws IOException {
        while (!Files.readString(log).contains(words)) {
            assertThat(relay.isAlive()).isTrue();
        }
    }

    private int[] numbers() {
        return things.stream().mapToInt(OpenThing::descriptor).toArray();
    }
}
