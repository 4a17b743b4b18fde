package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.testkit.CollectingPort;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.OpenThing;
import io.qmptape.testkit.RealQemu;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real QEMU holds in the end, seen in its own /proc, is what the clients passed to it through the relay. */
@Timeout(120)
final class RealQemuDescriptorsTest {
    private static final int MONITORS = 50;

    @TempDir
    Path directory;

    @Test
    void fiveHundredInBurstsBetweenPlainCommandsAreTheRightOnes() {
        try (RealQemu qemu = RealQemu.start(directory);
                Stand stand = Stand.between(directory, qemu.endpoint());
                Talk talk = new Talk(stand.endpoint, qemu)) {
            Random random = new Random(7);
            for (int sent = 0; sent < 500; ) {
                int burst = Math.min(500 - sent, 1 + random.nextInt(25));
                talk.burst(random, sent, burst);
                sent += burst;
            }

            talk.checkAll();
            talk.giveBack();
        }
    }

    @Test
    void theSameThroughFiftyConnectionsAtOnce() {
        String[] options = IntStream.range(0, MONITORS)
                .boxed()
                .flatMap(i -> Stream.of("-qmp", "unix:" + directory.resolve(i + ".sock") + ",server=on,wait=off"))
                .toArray(String[]::new);
        ExecutorService clients = Executors.newFixedThreadPool(MONITORS);
        try (RealQemu qemu = RealQemu.start(directory, options);
                EventLoops loops = EventLoops.best()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < MONITORS; i++) {
                int number = i;
                all.add(CompletableFuture.runAsync(() -> throughMonitor(number, qemu, loops), clients));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            clients.shutdownNow();
        }
    }

    private void throughMonitor(int number, RealQemu qemu, EventLoops loops) {
        Endpoint listen = Endpoint.parse("unix:" + directory.resolve(number + ".p"));
        Endpoint upstream = Endpoint.parse("unix:" + directory.resolve(number + ".sock"));
        ProxyOptions options = ProxyOptions.of(listen, upstream).withGrace(Duration.ZERO);
        try (Proxy proxy = new Proxy(options, Surroundings.of(loops, new SystemClock(), new CollectingPort()))) {
            proxy.start();
            try (Talk talk = new Talk(listen.toString(), qemu)) {
                talk.burst(new Random(number), number * 100, 10);
                talk.checkAll();
                talk.giveBack();
            }
        }
    }

    @Test
    void keepsUnclaimedOnesUntilTheNextCome() {
        try (RealQemu qemu = RealQemu.start(directory);
                Stand stand = Stand.between(directory, qemu.endpoint());
                Talk talk = new Talk(stand.endpoint, qemu);
                OpenThing first = OpenThing.pipe();
                OpenThing second = OpenThing.pipe();
                OpenThing third = OpenThing.pipe()) {
            talk.wire.send("  ", first.descriptor());
            talk.wire.send("{\"execute\": \"query-status\"} ", second.descriptor(), third.descriptor());
            talk.wire.send("{\"execute\": \"getfd\", \"arguments\": {\"fdname\": \"a\"}}");
            talk.wire.send("{\"execute\": \"getfd\", \"arguments\": {\"fdname\": \"b\"}}");

            assertThat(talk.answer().has("return")).isTrue();
            assertThat(talk.answer().has("return")).isTrue();
            assertThat(talk.answer().at("/error/desc").asText()).contains("No file descriptor supplied");
            List<String> held = OpenThing.marksOf(qemu.pid());
            assertThat(held).contains(second.mark()).doesNotContain(first.mark(), third.mark());
        }
    }

    @Test
    void takesTheFirstOfSixteenAndOfAsManyAsFit() {
        for (int count : new int[] {16, 253}) {
            List<OpenThing> things =
                    IntStream.range(0, count).mapToObj(i -> OpenThing.pipe()).toList();
            try (RealQemu qemu = RealQemu.start(directory);
                    Stand stand = Stand.between(directory, qemu.endpoint());
                    Talk talk = new Talk(stand.endpoint, qemu)) {
                talk.wire.send(
                        "{\"execute\": \"getfd\", \"arguments\": {\"fdname\": \"many\"}}",
                        things.stream().mapToInt(OpenThing::descriptor).toArray());

                assertThat(talk.answer().has("return")).isTrue();
                assertThat(OpenThing.marksOf(qemu.pid())).contains(things.get(0).mark());
            }
            List<String> marks = things.stream().map(OpenThing::mark).toList();
            things.forEach(OpenThing::close);
            OpenThing.awaitGone(marks);
        }
    }

    /** One client and what it passed. */
    private static final class Talk implements AutoCloseable {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final DescriptorWire wire;
        private final RealQemu qemu;
        private final Map<String, String> named = new TreeMap<>();
        private final Map<Integer, String> numbered = new TreeMap<>();
        private final Map<Integer, Integer> sets = new TreeMap<>();
        private final List<String> marks = new ArrayList<>();

        Talk(String endpoint, RealQemu qemu) {
            this.qemu = qemu;
            wire = DescriptorWire.to(endpoint);
            assertThat(answer().has("QMP")).isTrue();
            wire.send("{\"execute\": \"qmp_capabilities\"}");
            assertThat(answer().has("return")).isTrue();
        }

        /** Plain commands and some with descriptors, without waiting; then all answers. */
        void burst(Random random, int from, int count) {
            Map<Integer, String> sent = new TreeMap<>();
            int plain = 0;
            for (int id = from; id < from + count; id++) {
                for (int left = random.nextInt(3); left > 0; left--, plain++) {
                    wire.send("{\"execute\": \"query-status\", \"id\": \"plain\"}\n");
                }
                try (OpenThing thing = random.nextBoolean() ? OpenThing.pipe() : OpenThing.socket()) {
                    marks.add(thing.mark());
                    sent.put(id, thing.mark());
                    wire.send(command(id, random.nextBoolean()), thing.descriptor());
                }
            }
            for (int left = count + plain; left > 0; left--) {
                note(answer(), sent);
            }
            assertThat(sent).isEmpty();
        }

        private static String command(int id, boolean isNamed) {
            return isNamed
                    ? "{\"execute\": \"getfd\", \"arguments\": {\"fdname\": \"f" + id + "\"}, \"id\": " + id + "}\n"
                    : "{\"execute\": \"add-fd\", \"arguments\": {\"opaque\": \"" + id + "\"}, \"id\": " + id + "}\n";
        }

        private void note(JsonNode answer, Map<Integer, String> sent) {
            assertThat(answer.has("return")).as("%s", answer).isTrue();
            if (answer.path("id").isInt()) {
                int id = answer.get("id").asInt();
                String mark = sent.remove(id);
                JsonNode result = answer.get("return");
                if (result.has("fd")) {
                    assertThat(OpenThing.markOf(qemu.pid(), result.get("fd").asInt()))
                            .isEqualTo(mark);
                    numbered.put(id, mark);
                    sets.put(id, result.get("fdset-id").asInt());
                } else {
                    named.put("f" + id, mark);
                }
            }
        }

        /** The sets as QEMU lists them, and each name by what is gone when it is closed. */
        void checkAll() {
            wire.send("{\"execute\": \"query-fdsets\", \"id\": \"sets\"}");
            Map<Integer, String> listed = new TreeMap<>();
            for (JsonNode set : answer().get("return")) {
                JsonNode one = set.get("fds").get(0);
                int id = one.get("opaque").asInt();
                if (numbered.containsKey(id)) {
                    assertThat(set.get("fds")).hasSize(1);
                    listed.put(id, OpenThing.markOf(qemu.pid(), one.get("fd").asInt()));
                }
            }
            assertThat(listed).isEqualTo(numbered);
            assertThat(OpenThing.marksOf(qemu.pid())).containsAll(named.values());
        }

        /** Then nothing of it is open anywhere. */
        void giveBack() {
            for (Map.Entry<String, String> one : named.entrySet()) {
                wire.send("{\"execute\": \"closefd\", \"arguments\": {\"fdname\": \"" + one.getKey() + "\"}}");
                assertThat(answer().has("return")).isTrue();
                assertThat(OpenThing.marksOf(qemu.pid())).doesNotContain(one.getValue());
            }
            for (int set : sets.values()) {
                wire.send("{\"execute\": \"remove-fd\", \"arguments\": {\"fdset-id\": " + set + "}}");
                assertThat(answer().has("return")).isTrue();
            }
            assertThat(OpenThing.marksOf(qemu.pid())).doesNotContainAnyElementsOf(marks);
            OpenThing.awaitGone(marks);
        }

        private JsonNode answer() {
            try {
                return JSON.readTree(wire.line());
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
