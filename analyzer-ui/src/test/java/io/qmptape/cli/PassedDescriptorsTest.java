package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.FakeQemu;
import io.qmptape.testkit.OpenThing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassedDescriptorsTest {
    @TempDir
    Path home;

    @Test
    void theTapeTellsWhichKindsCameWithWhichByte() throws Exception {
        Path file = Files.writeString(home.resolve("never-read"), "what is in it stays out");
        String listen = "unix:" + home.resolve("c.sock");
        try (DescriptorWire.Listening monitor = DescriptorWire.listen(home.resolve("q.sock"));
                ProcessRun recording =
                        ProcessRun.start(home, "record", "--listen", listen, "--upstream", monitor.endpoint());
                OpenThing pipe = OpenThing.pipe();
                OpenThing other = OpenThing.pipe();
                OpenThing data = OpenThing.file(file)) {
            recording.awaitLine("recording unix:");
            try (DescriptorWire client = DescriptorWire.to(listen);
                    DescriptorWire server = monitor.accept()) {
                client.send("{\"execute\": \"query-status\"}\n");
                client.send("{\"execute\": ");
                client.send("\"getfd\"}", pipe.descriptor(), data.descriptor(), other.descriptor());
                server.line();
                server.send("{\"return\": {}}\n", data.descriptor());
                client.line();
            }
            recording.terminate().end().isFine();
        }

        CommandLineRun shown = CommandLineRun.of(home, "show", "latest").isFine();
        CommandLineRun transcript =
                CommandLineRun.of(home, "show", "latest", "--json").isFine();

        int offset = "\n{\"execute\": ".length();
        assertThat(shown.out())
                .containsPattern("\"getfd\"}\\R +passed with byte " + offset + ": 2 pipes, 1 file\\R")
                .containsPattern("\"return\": \\{}}\\R +passed with byte 0: 1 file\\R");
        assertThat(transcript.out()).containsPattern("\\[" + offset + ",[0-9]+,\"pipe\",\"file\",\"pipe\"]");
        assertThat(shown.out() + transcript.out()).doesNotContain("what is in it", "never-read");
    }

    @Test
    void recordSaysThatNonePassOverTcp() throws Exception {
        try (FakeQemu qemu = FakeQemu.tcp();
                ProcessRun recording = ProcessRun.start(
                        home, "record", "--listen", "unix:" + home.resolve("c.sock"), "--upstream", qemu.endpoint())) {
            recording.awaitLine("file descriptors (add-fd, getfd) do not pass over TCP");
            recording.awaitLine("recording unix:");
            recording.terminate().end().isFine();
        }
    }
}
