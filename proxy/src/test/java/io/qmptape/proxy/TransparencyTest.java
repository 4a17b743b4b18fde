package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.OpenThing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two scripts, one a side, are played between two sockets that are connected, and then with the relay between them: each side
 * sees the same bytes, the same descriptors at the same bytes, and then the end.
 */
@Timeout(60)
final class TransparencyTest {
    /** What came to the monitor, and what came to the client. */
    private record Outcome(DescriptorScript.Seen atMonitor, DescriptorScript.Seen atClient) {}

    @TempDir
    Path directory;

    private final List<OpenThing> made = new ArrayList<>();

    @AfterEach
    void nothingIsLeftOpen() {
        made.forEach(OpenThing::close);
        OpenThing.awaitGone(made.stream().map(OpenThing::mark).toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bothSidesSeeWhatTheyWouldSeeWithoutIt(long seed) {
        Random random = new Random(seed);
        DescriptorScript client = DescriptorScript.random(random, this::thing);
        DescriptorScript monitor = DescriptorScript.random(random, this::thing);

        try (DescriptorWire.Listening listening = DescriptorWire.listen(directory.resolve("q.sock"));
                Stand stand = Stand.between(directory, listening.endpoint())) {
            Outcome direct = play(client, monitor, listening.endpoint(), listening);
            Outcome relayed = play(client, monitor, stand.endpoint, listening);

            assertThat(relayed).isEqualTo(direct);
            assertThat(direct.atMonitor()).isEqualTo(client.expected());
            assertThat(direct.atClient()).isEqualTo(monitor.expected());
        }
    }

    @Test
    void aSideThatSendsNothingIsSeenToEndItsSendingAllTheSame() {
        DescriptorScript silent = new DescriptorScript();
        DescriptorScript monitor = DescriptorScript.random(new Random(9), this::thing);

        try (DescriptorWire.Listening listening = DescriptorWire.listen(directory.resolve("q.sock"));
                Stand stand = Stand.between(directory, listening.endpoint())) {
            assertThat(play(silent, monitor, stand.endpoint, listening))
                    .isEqualTo(play(silent, monitor, listening.endpoint(), listening));
        }
    }

    /** Both talk at once; who is through sends no more, and goes on to listen. */
    private static Outcome play(
            DescriptorScript client, DescriptorScript monitor, String endpoint, DescriptorWire.Listening listening) {
        try (DescriptorWire here = DescriptorWire.to(endpoint);
                DescriptorWire there = listening.accept()) {
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> say(client, here));
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> say(monitor, there));
            CompletableFuture<DescriptorScript.Seen> asked =
                    CompletableFuture.supplyAsync(() -> DescriptorScript.receivedToEnd(there));
            DescriptorScript.Seen answered = DescriptorScript.receivedToEnd(here);
            asking.join();
            answering.join();
            return new Outcome(asked.join(), answered);
        }
    }

    private static void say(DescriptorScript script, DescriptorWire wire) {
        script.sendOver(wire);
        wire.finish();
    }

    private OpenThing thing() {
        OpenThing pipe = OpenThing.pipe();
        made.add(pipe);
        return pipe;
    }
}
