package io.qmptape.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.JsonReader;
import io.qmptape.protocol.MalformedStreams;
import io.qmptape.traffic.Peer;
import io.qmptape.transport.Descriptors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GateTest {
    private static final Control RECORDED_FIRST = new Control(Optional.empty(), true);
    private static final Control NO_STOP = new Control(
            Optional.of((command, client) -> command.name().equals("stop") ? Optional.of("no stop") : Optional.empty()),
            false);
    private static final Control NOTHING = new Control(Optional.of((command, client) -> Optional.of("nothing")), false);

    private final Told told = new Told();

    /** What came out of a gate. */
    private static final class Told implements Ways {
        private final List<Bytes> server = new ArrayList<>();
        private final List<Bytes> client = new ArrayList<>();
        private final List<Long> denied = new ArrayList<>();

        @Override
        public void toServer(Bytes bytes, Descriptors descriptors) {
            server.add(bytes);
        }

        @Override
        public void toClient(Bytes bytes, Descriptors descriptors, long atNanos) {
            client.add(bytes);
        }

        @Override
        public void denied(long end, String rule) {
            denied.add(end);
        }

        private String server() {
            return Bytes.join(server).latin1();
        }

        private String client() {
            return Bytes.join(client).latin1();
        }
    }

    @Test
    void letsGoOnWhatIsOnTheTapeAndNoMore() {
        Gate gate = gate(RECORDED_FIRST);
        String first = "{\"execute\":\"stop\"}";
        take(gate, first + "\n{\"execute\":\"cont\"}");
        assertThat(told.server()).isEmpty();

        gate.recorded(first.length() - 1);
        gate.pass(0);
        assertThat(told.server()).isEmpty();
        gate.recorded(first.length());
        gate.pass(0);
        assertThat(told.server()).isEqualTo(first);
        take(gate, "\n");
        gate.recorded(first.length() * 2 + 1);
        gate.pass(0);
        assertThat(told.server()).isEqualTo(first + "\n{\"execute\":\"cont\"}\n");
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Whatever comes, in whatever pieces: the server gets it in order, never more of it than is on the tape, all in the end. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void passesAllThatIsRecorded(int seed) {
        Random random = new Random(seed);
        Bytes stream = MalformedStreams.random(random);
        Gate gate = gate(RECORDED_FIRST);
        long recorded = 0;
        for (int at = 0; at < stream.length(); ) {
            int end = Math.min(stream.length(), at + 1 + random.nextInt(40));
            gate.take(stream.slice(at, end), Descriptors.none(), 0);
            recorded = Math.max(recorded, random.nextInt(end + 1));
            gate.recorded(recorded);
            gate.pass(0);
            assertThat(stream.latin1()).startsWith(told.server());
            assertThat(told.server()
                            .substring((int) Math.min(recorded, told.server().length())))
                    .isBlank();
            at = end;
        }
        boolean[] isOver = {false};
        gate.finish(() -> isOver[0] = true);
        gate.recorded(Long.MAX_VALUE);
        gate.pass(0);

        assertThat(told.server()).isEqualTo(stream.latin1());
        assertThat(isOver[0]).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"execute\":\"stop\"}                      | {\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}",
                "{\"execute\":\"stop\",\"id\":7}             | {\"id\": 7, \"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}",
                "{'id':{'a':[null,'é']},'execute':'stop'}    | {\"id\": {\"a\": [null, \"\\u00E9\"]}, \"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}",
                "{\"\\u0065xecute\":\"st\\u006fp\"}          | {\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}",
                "{\"exec-oob\":\"stop\",\"id\":\"o\"}        | {\"id\": \"o\", \"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no stop\"}}",
                "{\"exec-oob\":\"cont\"}                  | {\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: exec-oob needs an id, or its reply could not be told from others\"}}",
                "{\"execute\":\"cont\",\"control\":{}}     | {\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: a command that servers may take in more than one way\"}}",
                "{\"execute\":\"stop\\u0000x\"}            | {\"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: a command that servers may take in more than one way\"}}",
                "{\"id\":1}                                  | {\"id\": 1, \"error\": {\"class\": \"GenericError\", \"desc\": \"denied by the policy: no command\"}}",
                "{\"execute\":\"cont\",\"execute\":\"stop\"} | {\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON input denied by the policy: no command\"}}",
            })
    void answersInTheServersPlace(String command, String answer) {
        Gate gate = gate(NO_STOP);

        take(gate, command + "\n");

        assertThat(told.server()).isBlank();
        assertThat(told.client()).isEqualTo(answer + "\r\n");
        assertThat(told.denied).containsExactly((long) Bytes.utf8(command).length());
    }

    /** Nothing of what has come is looked at again with each piece. */
    @Test
    @Timeout(10)
    void takesALongStringInItsStride() {
        Gate gate = gate(NO_STOP);
        take(gate, "\"");
        String piece = "a".repeat(4 << 10);
        for (int i = 0; i < 15 << 10; i++) {
            take(gate, piece);
        }
        take(gate, "\"");

        assertThat(told.server()).isEmpty();
        assertThat(told.denied).hasSize(1);
    }

    /** Inputs that a real QEMU answered, among them many that hide something: none gets through to the server. */
    @ParameterizedTest
    @MethodSource("io.qmptape.protocol.MalformedStreams#sentToQemu")
    void letsNothingThroughThatIsDenied(Bytes sent) {
        Gate gate = gate(NOTHING);
        gate.take(sent, Descriptors.none(), 0);
        gate.finish(() -> {});
        gate.pass(0);

        assertThat(told.server()).isBlank();
    }

    /** Commands without ids: a client tells their answers by the order alone. Events come in between, and pieces are random. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersComeInTheOrderOfCommands(int seed) {
        Random random = new Random(seed);
        Gate gate = gate(NO_STOP);
        Deque<Bytes> fromServer = new ArrayDeque<>();
        List<String> expected = new ArrayList<>();
        StringBuilder allowed = new StringBuilder();
        fromServer.add(Bytes.utf8("{\"QMP\": {}}\r\n"));
        int answered = 0;
        for (int i = 0; i < 60; i++) {
            if (random.nextBoolean()) {
                take(gate, "{\"execute\":\"stop\"}\n");
                expected.add("denied");
            } else {
                String command = "{\"execute\":\"echo\",\"arguments\":{\"n\":" + i + "}}";
                take(gate, command);
                allowed.append(command);
                expected.add(Integer.toString(i));
            }
            // the server has what was passed on, and takes its time
            List<String> heard = echoes(told.server());
            while (answered < heard.size() && random.nextInt(3) > 0) {
                fromServer.add(Bytes.utf8("{\"event\": \"E\", \"data\": {\"a\": \"\\n\"}}\r\n"));
                fromServer.add(Bytes.utf8("{\r\n    \"return\": " + heard.get(answered++) + "\r\n}\r\n"));
            }
            say(gate, fromServer, random);
        }
        for (String left :
                echoes(told.server()).subList(answered, echoes(told.server()).size())) {
            fromServer.add(Bytes.utf8("{\"return\": " + left + "}\r\n"));
        }
        while (!fromServer.isEmpty()) {
            say(gate, fromServer, random);
        }

        assertThat(told.server().replace("\n", "")).isEqualTo(allowed.toString());
        assertThat(answers(told.client())).isEqualTo(expected);
    }

    @Test
    void anAnswerOutOfBandDoesNotWaitForThoseInBand() {
        Gate gate = gate(NO_STOP);
        take(gate, "{\"execute\":\"slow\"}{\"exec-oob\":\"stop\",\"id\":1}");
        assertThat(told.client()).contains("\"id\": 1");
    }

    @Test
    void stopsReadingWhenMuchIsDue() {
        Gate gate = gate(NO_STOP);
        take(gate, "{\"execute\":\"slow\"}");
        assertThat(gate.isFull()).isFalse();

        take(gate, "{\"execute\":\"stop\"}".repeat(1024));

        assertThat(gate.isFull()).isTrue();
        gate.answer(Bytes.utf8("{\"return\": {}}\r\n"), Descriptors.none(), 0);
        assertThat(gate.isFull()).isFalse();
    }

    private Gate gate(Control control) {
        return new Gate(control, Peer.UNKNOWN, told);
    }

    private static void take(Gate gate, String text) {
        gate.take(Bytes.utf8(text), Descriptors.none(), 0);
        gate.pass(0);
    }

    /** Some of what is left, cut anywhere. */
    private static void say(Gate gate, Deque<Bytes> left, Random random) {
        while (!left.isEmpty() && random.nextInt(4) > 0) {
            Bytes next = left.remove();
            int cut = random.nextInt(next.length());
            gate.answer(next.slice(0, cut), Descriptors.none(), 0);
            if (random.nextInt(3) == 0) {
                left.addFirst(next.from(cut));
                return;
            }
            gate.answer(next.from(cut), Descriptors.none(), 0);
        }
    }

    private static List<String> echoes(String commands) {
        return java.util.regex.Pattern.compile("\"n\":(\\d+)")
                .matcher(commands)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** By lines of whole messages, as the server and the gate end them. */
    private static List<String> answers(String received) {
        List<String> answers = new ArrayList<>();
        for (String message : received.split("(?<=\\}\\r\\n)(?=\\{)")) {
            assertThat(JsonReader.read(Bytes.utf8(message), Direction.SERVER_TO_CLIENT))
                    .as(message)
                    .isPresent();
            if (message.contains("error")) {
                answers.add("denied");
            } else if (message.contains("return")) {
                answers.add(message.replaceAll("\\D", ""));
            }
        }
        return answers;
    }
}
