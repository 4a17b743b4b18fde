package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.traffic.CloseCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Test kit: a session made up from a seed, with pipelining, events, ids of all types, noise and, if wanted, out-of-band
 * replies that overtake and commands without an answer. Knows what any client with other ids is to be told, without
 * asking the code under test.
 */
final class RandomSession {
    /** How a client may write an id, and how QEMU prints it. */
    private static final String[][] IDS = {
        {"1", "1"},
        {"1.0", "1"},
        {"1e3", "1000"},
        {"-0", "0"},
        {"0.1", "0.10000000000000001"},
        {"\"é\"", "\"\\u00E9\""},
        {"'a\"b'", "\"a\\\"b\""},
        {"null", "null"},
        {"true", "true"},
        {"[1,{}]", "[1, {}]"},
        {"{\"z\":1,\"a\":[]}", "{\"a\": [], \"z\": 1}"},
        {"18446744073709551615", "18446744073709551615"},
        {"\"libvirt-7\"", "\"libvirt-7\""}
    };

    private static final String[] EVENTS = {"STOP", "RESUME", "RESET", "JOB_STATUS_CHANGE"};

    /** @param isUsual neither overtaking replies nor commands without one */
    record Shape(boolean isUsual, CloseCause cause) {}

    record Id(String spelled, String printed) {}

    private enum Kind {
        COMMAND,
        OUT_OF_BAND,
        UNRECOGNIZED,
        NOISE
    }

    /** What the client sends; {@code id} is the recorded one. */
    private record Sent(int number, Kind kind, Optional<Id> id) {
        String text(Optional<Id> as) {
            String member = as.map(id -> ", 'id' : " + id.spelled()).orElse("");
            return switch (kind) {
                case COMMAND -> "{\"execute\": \"c" + number + "\", \"arguments\": {\"n\": [1, 2.50]}" + member + "}";
                case OUT_OF_BAND -> "{\"exec-oob\": \"c" + number + "\"" + member + "}";
                case UNRECOGNIZED -> "{\"what\": " + number + member + "}";
                case NOISE -> "BAD" + number + "\n";
            };
        }
    }

    /** What the server sends: an event, or the reply to a message of the client. */
    private record Said(String event, Optional<Sent> to) {
        String text(Optional<Id> as) {
            return to.map(sent -> reply(sent, as)).orElse(event);
        }

        private static String reply(Sent sent, Optional<Id> as) {
            String marker = "<" + sent.number() + ">";
            if (sent.kind() == Kind.NOISE) {
                return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, " + marker + "\"}}";
            }
            if (sent.kind() == Kind.UNRECOGNIZED || sent.number() % 3 == 0) {
                String first = as.map(id -> "\"id\": " + id.printed() + ", ").orElse("");
                return "{" + first + "\"error\": {\"class\": \"GenericError\", \"desc\": \"no " + marker + "\"}}";
            }
            return "{\"return\": {\"m\": \"" + marker + "\"}"
                    + as.map(id -> ", \"id\": " + id.printed()).orElse("") + "}";
        }
    }

    private final Random random;
    private final Shape shape;
    private final Recording recording = new Recording();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Sent> open = new ArrayList<>();
    private final String lineEnd;

    RandomSession(Random random, Shape shape) {
        this.random = random;
        this.shape = shape;
        this.lineEnd = random.nextInt(4) == 0 ? "\n" : "\r\n";
        if (random.nextInt(5) > 0) {
            say(new Said("{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}", Optional.empty()));
        }
        for (int i = random.nextInt(40); i > 0; i--) {
            step();
        }
        while (shape.isUsual() && !open.isEmpty()) {
            answer(0);
        }
    }

    Script script() {
        return Script.of(recording.closed(shape.cause()));
    }

    int messages() {
        return sent.size();
    }

    /** Each message of the client, with a line end, under the recorded ids. */
    List<Bytes> recordedMessages() {
        return sent.stream()
                .map(message -> Bytes.utf8(message.text(message.id()) + "\n"))
                .toList();
    }

    /** What the server says to the recorded ids. */
    String recordedAnswers() {
        StringBuilder text = new StringBuilder();
        said.forEach(line -> text.append(line.text(line.to().flatMap(Sent::id))).append(lineEnd));
        return text.toString();
    }

    /** @param answers what the server says to {@code messages} */
    record Live(String messages, String answers) {}

    /** A client that numbers its commands in its own way, or not at all. */
    Live withOtherIds() {
        List<Optional<Id>> ids = new ArrayList<>();
        StringBuilder messages = new StringBuilder();
        for (Sent message : sent) {
            ids.add(message.kind() == Kind.NOISE ? Optional.empty() : someId());
            messages.append(message.text(ids.get(ids.size() - 1))).append(blank());
        }
        StringBuilder answers = new StringBuilder();
        said.forEach(line -> answers.append(line.text(line.to().flatMap(to -> ids.get(to.number()))))
                .append(lineEnd));
        return new Live(messages.toString(), answers.toString());
    }

    private void step() {
        switch (random.nextInt(5)) {
            case 0, 1 -> ask();
            case 2 -> say(new Said(event(), Optional.empty()));
            default -> {
                if (!open.isEmpty()) {
                    answer(next());
                }
            }
        }
    }

    private void ask() {
        StringBuilder chunk = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Sent message = message();
            sent.add(message);
            boolean isIgnored = !shape.isUsual() && message.kind() == Kind.COMMAND && random.nextInt(8) == 0;
            if (!isIgnored) {
                open.add(message);
            }
            chunk.append(message.text(message.id())).append(blank());
            if (random.nextBoolean()) {
                recording.client(chunk.toString());
                chunk.setLength(0);
            }
        }
        recording.client(chunk.toString());
    }

    private Sent message() {
        int number = sent.size();
        Kind kind = random.nextInt(3) > 0 ? Kind.COMMAND : Kind.values()[random.nextInt(Kind.values().length)];
        // where replies overtake, only ids tell which command they answer
        Optional<Id> id = shape.isUsual() ? someId() : Optional.of(new Id("'n" + number + "'", "\"n" + number + "\""));
        return new Sent(number, kind, kind == Kind.NOISE ? Optional.empty() : id);
    }

    /** The oldest, or one that overtakes. */
    private int next() {
        for (int i = 0; !shape.isUsual() && i < open.size(); i++) {
            if (open.get(i).kind() == Kind.OUT_OF_BAND && random.nextBoolean()) {
                return i;
            }
        }
        return 0;
    }

    private void answer(int index) {
        if (random.nextInt(6) == 0) {
            say(new Said(event(), Optional.empty()));
        }
        say(new Said("", Optional.of(open.remove(index))));
    }

    private void say(Said line) {
        said.add(line);
        recording.server(line.text(line.to().flatMap(Sent::id)) + lineEnd);
    }

    private Optional<Id> someId() {
        String[] id = IDS[random.nextInt(IDS.length)];
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(new Id(id[0], id[1]));
    }

    private String event() {
        return "{\"timestamp\": {\"seconds\": " + random.nextInt(1000) + ", \"microseconds\": 1}, \"event\": \""
                + EVENTS[random.nextInt(EVENTS.length)] + "\"}";
    }

    private String blank() {
        return new String[] {"", "\n", "\r\n", " ", "\n\n"}[random.nextInt(5)];
    }
}
