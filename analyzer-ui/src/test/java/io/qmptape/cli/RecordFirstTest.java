package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --record-first}: what QEMU has heard is on the tape already. */
@Timeout(180)
class RecordFirstTest {
    @TempDir
    Path home;

    @Test
    void whatReachedQemuIsOnTheTape() throws Exception {
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock"));
                ProcessRun recording = record(qemu);
                Wire client = connect();
                Wire monitor = qemu.accept()) {
            for (int i = 0; i < 3; i++) {
                String command = "{\"execute\":\"x-" + i + "\"}";
                client.send(command + "\n");
                monitor.receive(command.length());

                assertThat(CommandLineRun.of(home, "show", "latest").isFine().out())
                        .contains(command);
            }
            client.close();
            recording.terminate().end().isFine();
        }
    }

    /** Again and again in the middle: whatever QEMU answered was recorded before. */
    @Test
    void neitherIsWhatPassesWhileRecordersAreKilled() throws Exception {
        List<String> answered = new ArrayList<>();
        try (FakeQemu qemu = FakeQemu.unix(home.resolve("q.sock")).answering();
                ProcessRun recording = record(qemu)) {
            for (int round = 0; round < 4; round++) {
                try (Wire client = awaitService()) {
                    for (int i = 0; i < 40; i++) {
                        String id = round + "-" + i;
                        client.send("{\"execute\":\"query-status\",\"id\":\"" + id + "\"}\n")
                                .line();
                        answered.add(id);
                        if (i == 20) {
                            recording.children().forEach(ProcessHandle::destroyForcibly);
                        }
                    }
                } catch (AssertionError | UncheckedIOException e) {
                    // its session has ended with the recorder
                }
            }
            recording.terminate().end().isFine();
        }

        StringBuilder tape = new StringBuilder();
        for (String line :
                CommandLineRun.of(home, "sessions", "--json").isFine().lines()) {
            String id = line.replaceAll(".*\"session\": ?\"([0-9a-f-]+)\".*", "$1");
            tape.append(
                    CommandLineRun.of(home, "show", "--raw", "c2s", id).isFine().out());
        }
        assertThat(answered).hasSizeGreaterThan(80);
        assertThat(answered).allSatisfy(id -> assertThat(tape).contains("\"" + id + "\""));
        CommandLineRun.of(home, "verify").isFine();
    }

    @Test
    void cannotContinueWhenTheTapeFails() {
        CommandLineRun.of(
                        home,
                        "record",
                        "--record-first",
                        "--on-tape-failure=continue",
                        "--listen=unix:@a",
                        "--upstream=unix:@b")
                .complains("--record-first cannot continue when the tape fails");
    }

    private ProcessRun record(FakeQemu qemu) throws IOException {
        ProcessRun recording = ProcessRun.start(
                home,
                "record",
                "--listen=" + home.resolve("c.sock"),
                "--upstream=" + qemu.endpoint(),
                "--record-first");
        recording.awaitLine("recording unix:");
        return recording;
    }

    private Wire connect() {
        return Wire.to("unix:" + home.resolve("c.sock"));
    }

    private Wire awaitService() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            Wire client = connect();
            try {
                client.line();
                return client;
            } catch (AssertionError | UncheckedIOException e) {
                client.close();
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }
}
