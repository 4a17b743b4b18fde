package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --on-tape-failure=refuse}: what cannot be recorded does not pass. */
@Timeout(180)
class OnTapeFailureTest {
    @TempDir
    Path home;

    /** The tape comes back as it was: then all that passed is on it, what passed just before the failure was noticed too. */
    @Test
    void nothingGoesUnrecordedWhileTheTapeCannotBeWritten() throws Exception {
        Path tape = home.resolve(".local/state/qmptape");
        Path away = home.resolve("away");
        StringBuilder heard = new StringBuilder();
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu)) {
            try (Wire client = connect()) {
                heard.append(client.line());
                heard.append(client.send("{}\n").line());
                Files.move(tape, away);
                Files.writeString(tape, "no directory");
                talkUntilItEnds(client, heard);
            }
            assertThat(isServed()).isFalse();

            Files.delete(tape);
            Files.move(away, tape);
            awaitService();
            recording.terminate().end().isFine();
        }

        assertThat(heard.toString().lines().count()).isGreaterThan(2);
        String first =
                CommandLineRun.of(home, "sessions", "--json").isFine().lines().get(0);
        String id = first.replaceAll(".*\"session\": ?\"([0-9a-f-]+)\".*", "$1");
        assertThat(CommandLineRun.of(home, "show", "--raw", "s2c", id).isFine().lines())
                .startsWith(heard.toString().lines().toArray(String[]::new));
        assertThat(CommandLineRun.of(home, "export", id).isFine().out()).doesNotContain("\"gap\"");
        CommandLineRun.of(home, "verify").isFine();
    }

    @Test
    void aSessionEndsWithItsRecorderAndTheNextIsServedByAnother() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu)) {
            try (Wire client = connect()) {
                client.line();
                recording.children().forEach(ProcessHandle::destroyForcibly);
                talkUntilItEnds(client, new StringBuilder());
            }
            awaitService();
            recording.terminate().end().isFine();
        }
    }

    private ProcessRun record(FakeQemu qemu) throws IOException {
        ProcessRun recording = ProcessRun.start(
                home,
                "record",
                "--listen=" + home.resolve("c.sock"),
                "--upstream=" + qemu.endpoint(),
                "--on-tape-failure=refuse");
        recording.awaitLine("recording unix:");
        return recording;
    }

    private Wire connect() {
        return Wire.to("unix:" + home.resolve("c.sock"));
    }

    private static void talkUntilItEnds(Wire client, StringBuilder heard) {
        try {
            while (true) {
                heard.append(client.send("{}\n").line());
            }
        } catch (AssertionError | UncheckedIOException e) {
            // the stream's end
        }
    }

    private void awaitService() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isServed()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private boolean isServed() {
        try (Wire client = connect()) {
            client.line();
            client.send("{}\n").line();
            return true;
        } catch (AssertionError | UncheckedIOException e) {
            return false;
        }
    }
}
