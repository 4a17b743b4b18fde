package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code interpose} in a process of its own, in front of real QEMUs. */
@Timeout(240)
class InterposeTest {
    private static final String NEGOTIATE = "{\"execute\": \"qmp_capabilities\"}\n";
    private static final String STATUS = "{\"execute\": \"query-status\"}\n";
    private static final String NAME = "{\"execute\": \"query-name\"}\n";

    @TempDir
    private Path home;

    private Path one = Path.of("");
    private Path two = Path.of("");

    @BeforeEach
    void makeDirectories() throws IOException {
        one = Files.createDirectory(home.resolve("one")).resolve("q.sock");
        two = Files.createDirectory(home.resolve("two")).resolve("q.sock");
    }

    @Test
    void recordsTwoMachinesWhoseClientsComeAndGo() throws Exception {
        try (RealQemu first = RealQemu.start(home.resolve("one"), "-name", "web-01");
                RealQemu second = RealQemu.start(home.resolve("two"), "-name", "web-02")) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxrw----"));
            List<Object> monitors = List.of(inode(one), inode(two));
            try (ProcessRun interposed = interpose(one, two)) {
                assertThat(List.of(inode(aside(one)), inode(aside(two)))).isEqualTo(monitors);
                assertThat(List.of(inode(one), inode(two))).doesNotContainAnyElementsOf(monitors);
                assertThat(attributes(one)).isEqualTo(attributes(aside(one)));
                assertThat(attributes(two)).isEqualTo(attributes(aside(two)));

                talk(one);
                talk(two);
                talk(one);
                interposed.terminate().end().isFine();
            }
            assertThat(List.of(inode(one), inode(two))).isEqualTo(monitors);
            assertThat(aside(one)).doesNotExist();
            assertThat(aside(two)).doesNotExist();
            talk(one);
        }
        assertThat(run("sessions").isFine().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("web-02"))
                .filteredOn(line -> line.contains("web-01"))
                .hasSize(2)
                .allMatch(line -> line.endsWith("client left"));
        run("verify").isFine();
    }

    @Test
    void aSignalEndsTheRecordingAndNoConnection() throws Exception {
        try (RealQemu qemu = RealQemu.start(home.resolve("one"));
                ProcessRun interposed = interpose(one);
                Wire client = Wire.to("unix:" + one)) {
            Object monitor = inode(aside(one));
            negotiate(client);

            interposed.terminate().awaitLine("relayed on until they close: 1");

            assertThat(inode(one)).isEqualTo(monitor);
            assertThat(client.send(NAME).line()).contains("\"return\"");
            interposed.terminate();
            assertThat(client.receiveToEnd().isEmpty()).isTrue();
            interposed.end().isFine();
            talk(one);
        }
        assertThat(run("show", "latest").isFine().out())
                .contains("qmp_capabilities")
                .doesNotContain("query-name");
        assertThat(run("sessions").isFine().out()).contains("recording stopped");
    }

    @Test
    void aSecondStartPutsInOrderWhatAKillLeft() throws Exception {
        try (RealQemu qemu = RealQemu.start(home.resolve("one"))) {
            Object monitor = inode(one);
            try (ProcessRun killed = interpose(one);
                    Wire client = Wire.to("unix:" + one)) {
                negotiate(client);
                killed.kill();
                assertThat(client.receiveToEnd().isEmpty()).isTrue();
            }
            assertThat(inode(aside(one))).isEqualTo(monitor);

            try (ProcessRun next = interpose(one)) {
                talk(one);
                next.terminate().end().isFine();
            }

            assertThat(inode(one)).isEqualTo(monitor);
            assertThat(aside(one)).doesNotExist();
            talk(one);
        }
    }

    @Test
    void aQemuThatIsStartedAnewIsToldAndLeftAlone() throws Exception {
        RealQemu first = RealQemu.start(home.resolve("one"), "-name", "first");
        try (ProcessRun interposed = interpose(one)) {
            talk(one);
            first.close();
            try (RealQemu anew = RealQemu.start(home.resolve("one"), "-name", "anew")) {
                interposed.awaitLine(one + " is another server's now");
                Object monitor = inode(one);
                interposed.awaitLine("nothing is left to record");
                interposed.end().isFine();

                assertThat(inode(one)).isEqualTo(monitor);
                assertThat(aside(one)).doesNotExist();
                try (ProcessRun again = interpose(one)) {
                    talk(one);
                    again.terminate().end().isFine();
                }
            }
        }
        assertThat(run("sessions").isFine().out()).contains("first", "anew");
    }

    @Test
    void aQemuThatQuitsIsToldAndLeavesNothing() throws Exception {
        try (RealQemu first = RealQemu.start(home.resolve("one"));
                RealQemu second = RealQemu.start(home.resolve("two"));
                ProcessRun interposed = interpose(one, two)) {
            try (Wire client = Wire.to("unix:" + one)) {
                negotiate(client);
                client.send("{\"execute\": \"quit\"}\n").receiveToEnd();
            }

            interposed.awaitLine(one + " is gone");
            talk(two);
            interposed.terminate().end().isFine();
            assertThat(one).doesNotExist();
            assertThat(aside(one)).doesNotExist();
        }
    }

    @Test
    void oneWrongPathLeavesAllAsTheyWere() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(one)) {
            Object monitor = inode(one);

            refuses("there is no such socket", one, two);

            assertThat(inode(one)).isEqualTo(monitor);
            assertThat(aside(one)).doesNotExist();
            Files.writeString(two, "mine");
            refuses("it is no socket", two);
            refuses("does not exist", home.resolve("none").resolve("q.sock"));
            run("interpose", "tcp:127.0.0.1:4444").complains("no file that could be renamed");
            try (ProcessRun living = interpose(one)) {
                refuses("another process stands in front of it already", one);
                living.terminate().end().isFine();
            }
        }
    }

    private void refuses(String reason, Path... paths) throws Exception {
        try (ProcessRun refused = start(paths)) {
            assertThat(refused.end().endsWith(Qmptape.TROUBLE).stderr()).contains(reason);
        }
    }

    private ProcessRun interpose(Path... paths) throws IOException {
        ProcessRun started = start(paths);
        started.awaitLine("not seen until they come again");
        return started;
    }

    private ProcessRun start(Path... paths) throws IOException {
        String[] words = new String[paths.length + 1];
        words[0] = "interpose";
        for (int i = 0; i < paths.length; i++) {
            words[i + 1] = paths[i].toString();
        }
        return ProcessRun.start(home, words);
    }

    private static void talk(Path path) {
        try (Wire client = Wire.to("unix:" + path)) {
            negotiate(client);
            assertThat(client.send(STATUS).line()).contains("\"return\"");
        }
    }

    private static void negotiate(Wire client) {
        assertThat(client.line()).contains("\"QMP\"");
        assertThat(client.send(NEGOTIATE).line()).contains("\"return\"");
    }

    private static Path aside(Path path) {
        return path.resolveSibling(".q.sock.qmptape");
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private static List<Object> attributes(Path file) throws IOException {
        return List.of(
                Files.getAttribute(file, "unix:mode"),
                Files.getAttribute(file, "unix:uid"),
                Files.getAttribute(file, "unix:gid"));
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(home, args);
    }
}
