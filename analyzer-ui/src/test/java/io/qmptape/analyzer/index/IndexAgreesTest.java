package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.analyzer.query.QueriedMessage;
import io.qmptape.analyzer.query.Query;
import io.qmptape.analyzer.query.RandomQueries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index finds exactly what the live evaluation finds. */
class IndexAgreesTest {
    private static final long SEED = 20261122;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    void findsWhatEachMessageSaysOfItself() {
        Frames session = randomSession();
        List<QueriedMessage> messages = session.queried();
        RandomQueries queries = new RandomQueries(random);
        try (RecordedTape tape = new RecordedTape(directory.resolve("tape"))) {
            tape.appendWhole(session);
            try (LuceneIndex index = LuceneIndex.open(directory.resolve("cache"), tape.tape())) {
                index.catchUp();
                for (int i = 0; i < 1_500; i++) {
                    Query query = queries.query();
                    List<Long> expected = new ArrayList<>();
                    for (int at = 0; at < messages.size(); at++) {
                        if (query.matches(messages.get(at))) {
                            expected.add(at + 1L);
                        }
                    }
                    assertThat(index.search(query.text(), 0, 1000).rows())
                            .as("seed %d, query %d: %s", SEED, i, query.text())
                            .extracting(MessageRow::sequence)
                            .containsExactlyElementsOf(expected);
                }
            }
        }
    }

    private Frames randomSession() {
        Frames session = Frames.ofMachine("drive0");
        for (int i = 0; i < 150; i++) {
            session.client("{\"execute\": \"" + one("query-status", "stop", "b", "Query-Block") + "\", \"arguments\": "
                    + object(3) + ", \"id\": " + scalar() + "}");
            session.later(1 + random.nextInt(3));
            session.server(
                    random.nextInt(4) == 0
                            ? "{\"error\": {\"class\": \"b\", \"desc\": \"a b drive0 running\"}}"
                            : "{\"return\": " + object(3) + ", \"id\": " + scalar() + "}");
            if (random.nextInt(3) == 0) {
                session.server("{\"event\": \"" + one("STOP", "running", "b") + "\", \"data\": " + object(2) + "}");
            }
        }
        return session;
    }

    private String object(int depth) {
        return random.nextInt(6) == 0
                ? "{}"
                : "{\"" + one("a", "speed", "device") + "\": " + value(depth) + ", \"" + one("b", "file", "f_n1")
                        + "\": " + value(depth) + "}";
    }

    private String value(int depth) {
        int choice = depth == 0 ? 5 : random.nextInt(6);
        return choice == 0
                ? object(depth - 1)
                : choice == 1 ? "[" + value(depth - 1) + ", " + object(depth - 1) + "]" : scalar();
    }

    private String scalar() {
        return one(
                "\"drive0\"",
                "\"a b\"",
                "\"/x/y:z\"",
                "true",
                "null",
                "1",
                "2.5",
                "-3",
                "1e2",
                "\"ü\"",
                "\"running\"",
                "399");
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
