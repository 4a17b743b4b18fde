package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was recorded is indexed, as far as there is something to find in it. */
class HostileContentTest {
    private static final int MANY = 30_000;

    @TempDir
    Path directory;

    @Test
    void takesNamesAndValuesOfTenMegabytes() {
        String huge = "n".repeat(10 << 20);

        assertThat(indexed(Frames.ofMachine("m")
                        .client("{\"execute\": \"" + huge + "\", \"id\": \"" + huge + "\"}")
                        .client("{\"execute\": \"x\", \"arguments\": {\"" + huge + "\": \"" + huge + "\"}}")
                        .server("{\"return\": {\"" + huge + "\": " + "1".repeat(1 << 20) + "}}")
                        .server("{\"error\": {\"class\": \"" + huge + "\", \"desc\": \"" + huge + "\"}}")
                        .server("{\"event\": \"" + huge + "\", \"data\": {\"e\": 1e400}}")))
                .isEqualTo(5);
    }

    @Test
    void takesNestingAsDeepAsQemuDoes() {
        String objects = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
        String arrays = "[".repeat(1000) + "1" + "]".repeat(1000);

        assertThat(indexed(Frames.ofMachine("m")
                        .client("{\"execute\": \"x\", \"arguments\": " + objects + "}")
                        .client("{\"execute\": \"x\", \"arguments\": " + arrays + ", \"id\": " + objects + "}")
                        .server("{\"return\": " + objects + "}")
                        .server("{\"return\": {}, \"id\": " + objects + "}")
                        .client(arrays)))
                .isEqualTo(5);
    }

    @Test
    void takesMessagesWithMoreMembersThanAreIndexed() {
        StringBuilder members = new StringBuilder("{\"return\": {\"first\": 1");
        for (int i = 0; i < MANY; i++) {
            members.append(", \"--")
                    .append(i)
                    .append("\": {\"")
                    .append("-".repeat(i % 200))
                    .append("\": {}}");
        }

        try (RecordedTape tape = new RecordedTape(directory.resolve("tape"))) {
            tape.appendWhole(Frames.ofMachine("m").server(members + "}}"));
            try (LuceneIndex index = LuceneIndex.open(directory.resolve("cache"), tape.tape())) {
                index.catchUp();
                assertThat(index.search("has:cut return.first:1", 0, 1).total()).isEqualTo(1);
            }
        }
    }

    @Test
    void takesAnyBytes() {
        Random random = new Random(42);
        Frames session = Frames.ofMachine("m\u202e\u0000");
        for (int i = 0; i < 200; i++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            session.add(i % 2 == 0 ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT, Bytes.lend(octets));
        }
        session.client(
                "{\"execute\": \"a\\u0000b\\u202e\\uD83D\\uDE00\", \"arguments\": {\"\": \"\", \"\\u0000\": null}}");

        assertThat(indexed(session)).isEqualTo(session.frames().size());
    }

    private long indexed(Frames session) {
        try (RecordedTape tape = new RecordedTape(directory.resolve("tape"))) {
            tape.appendWhole(session);
            try (LuceneIndex index = LuceneIndex.open(directory.resolve("cache"), tape.tape())) {
                index.catchUp();
                assertThat(index.search("", 0, 1000).rows())
                        .allMatch(row -> row.contents().length() <= Contents.MAX_CHARACTERS);
                return index.search("", 0, 1).total();
            }
        }
    }
}
