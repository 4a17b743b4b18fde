package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import io.qmptape.testkit.RealQemu;
import io.qmptape.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same is said to two QEMUs of one kind and one past, to one of them through the relay: byte for byte both say the same, but
 * for the time of day.
 */
@Timeout(60)
final class RealQemuTransparencyTest {
    /** Whatever was begun before is given up at the control character, so that this is answered. */
    private static final String LAST_WORDS = "\u0001\n{\"execute\": \"query-name\", \"id\": \"last words\"}\n";

    private static final String NEGOTIATION = "{\"execute\": \"qmp_capabilities\"}\n";
    private static final String WITH_OOB =
            "{\"execute\": \"qmp_capabilities\", \"arguments\": {\"enable\": [\"oob\"]}, \"id\": \"begun\"}\n";

    private static final List<String> OUT_OF_BAND =
            List.of("query-yank", "migrate-pause", "yank", "query-status", "no-such-command");

    @TempDir
    static Path directory;

    private static RealQemu met;
    private static RealQemu relayed;
    private static Stand stand;

    @BeforeAll
    static void startBoth() throws IOException {
        met = RealQemu.start(Files.createDirectory(directory.resolve("met")), "-name", "twin");
        relayed = RealQemu.start(Files.createDirectory(directory.resolve("relayed")), "-name", "twin");
        stand = Stand.between(directory, relayed.endpoint());
    }

    @AfterAll
    static void stopBoth() {
        Stream.of(stand, met, relayed).filter(one -> one != null).forEach(RealQemuTransparencyTest::close);
    }

    static Stream<Named<Bytes>> malformed() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Named<Bytes>> all = new ArrayList<>();
        try (InputStream in = RealQemuTransparencyTest.class.getResourceAsStream("/malformed-7.2.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = mapper.readTree(line);
                all.add(Named.of(
                        node.get("name").textValue(),
                        Bytes.lend(node.get("sent").binaryValue())));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void answersMalformedInputAlikeUnderAnyChunking(Bytes sent) {
        for (long seed = 0; seed < 4; seed++) {
            long chosen = seed;
            assertAlike("seed " + seed, wire -> {
                sendInChunks(wire, sent, new Random(chosen), chosen == 0 ? sent.length() : 64);
                wire.send(LAST_WORDS);
                return linesTo(wire, "last words") + restOf(wire);
            });
        }
    }

    /** With out-of-band commands QEMU reads on while it works, and drops what still waits when it reads the end: now more, now less. */
    static Stream<Named<Bytes>> malformedInBand() throws IOException {
        return malformed().filter(each -> !each.getPayload().text().contains("\"oob\""));
    }

    @ParameterizedTest
    @MethodSource("malformedInBand")
    void answersAClientAlikeThatSendsNoMoreAfterMalformedInput(Bytes sent) {
        assertAlike("half-closed", wire -> {
            wire.send(sent);
            return restOf(wire);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void answersPipelinesAlikeWithTheEventsBetween(long seed) {
        Bytes sent = Bytes.utf8(NEGOTIATION + pipeline(new Random(seed), 200));

        String heard = assertAlike("seed " + seed, wire -> {
            sendInChunks(wire, sent, new Random(seed), 500);
            return restOf(wire);
        });

        assertThat(heard).contains("\"event\": \"STOP\"", "\"event\": \"RESUME\"", "\"class\": \"CommandNotFound\"");
        assertThat(heard.lines()).hasSizeGreaterThan(200);
    }

    @Test
    void answersOutOfBandCommandsAlikeOneByOne() {
        String heard = assertAlike("one by one", wire -> {
            wire.send(WITH_OOB);
            StringBuilder all = new StringBuilder(linesTo(wire, "\"begun\""));
            for (int id = 0; id < OUT_OF_BAND.size(); id++) {
                wire.send(outOfBand(id, "oob " + id));
                all.append(linesTo(wire, "\"oob " + id + "\""));
            }
            return all + restOf(wire);
        });

        assertThat(heard).contains("does not support OOB", "\"CommandNotFound\"", "{\"return\": [");
    }

    /** A command out of band may overtake others, never one of its own kind. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void answersOutOfBandCommandsAlikeBetweenOthers(long seed) {
        StringBuilder mixed = new StringBuilder(WITH_OOB);
        for (int id = 0; id < 7; id++) {
            mixed.append("{\"execute\": \"query-status\", \"id\": \"band " + id + "\"}");
            mixed.append(outOfBand(id % OUT_OF_BAND.size(), "oob " + id));
        }
        Function<Wire, List<String>> talk = wire -> {
            sendInChunks(wire, Bytes.utf8(mixed.toString()), new Random(seed), 200);
            return Stream.generate(wire::line).limit(2 + 14).toList();
        };

        List<String> direct = ask(met.endpoint(), talk);
        List<String> throughRelay = ask(stand.endpoint, talk);

        for (String kind : List.of("QMP", "\"begun\"", "\"band ", "\"oob ")) {
            assertThat(only(kind, throughRelay)).isEqualTo(only(kind, direct)).isNotEmpty();
        }
    }

    private static String outOfBand(int which, String id) {
        return "{\"exec-oob\": \"" + OUT_OF_BAND.get(which) + "\", \"id\": \"" + id + "\"}\n";
    }

    private static List<String> only(String kind, List<String> lines) {
        return lines.stream().filter(line -> line.contains(kind)).toList();
    }

    private static String pipeline(Random random, int commands) {
        List<String> known = List.of(
                "query-status", "stop", "cont", "query-name", "query-version", "no-such-command", "query-commands");
        List<String> ids = List.of("", ", \"id\": 1.0", ", \"id\": {\"a\": [null, 'é']}", ", \"id\": \"\\u0000\"");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < commands; i++) {
            String command = known.get(random.nextInt(known.size()));
            all.append("{\"execute\": \"").append(command).append('"');
            all.append(ids.get(random.nextInt(ids.size()))).append(random.nextBoolean() ? "}\r\n" : "}");
        }
        return all.append("{\"execute\": \"stop\"}{\"execute\": \"cont\"}{\"execute\": \"none-such\"}")
                .toString();
    }

    private static String assertAlike(String how, Function<Wire, String> talk) {
        String direct = timeless(ask(met.endpoint(), talk));
        String throughRelay = timeless(ask(stand.endpoint, talk));

        assertThat(throughRelay).as(how).isEqualTo(direct);
        return direct;
    }

    private static <T> T ask(String endpoint, Function<Wire, T> talk) {
        try (Wire wire = Wire.to(endpoint)) {
            return talk.apply(wire);
        }
    }

    private static String timeless(String heard) {
        return heard.replaceAll("\"timestamp\": \\{\"seconds\": \\d+, \"microseconds\": \\d+}", "\"timestamp\": {}");
    }

    private static void sendInChunks(Wire wire, Bytes bytes, Random random, int most) {
        for (int at = 0; at < bytes.length(); ) {
            int end = Math.min(bytes.length(), at + 1 + random.nextInt(most));
            wire.send(bytes.slice(at, end));
            at = end;
        }
    }

    private static String linesTo(Wire wire, String part) {
        StringBuilder lines = new StringBuilder();
        String line = "";
        while (!line.contains(part)) {
            line = wire.line();
            lines.append(line);
        }
        return lines.toString();
    }

    /** Sends no more and hears to the end; every byte as a character. */
    private static String restOf(Wire wire) {
        return new String(wire.finish().receiveToEnd().toArray(), StandardCharsets.ISO_8859_1);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
