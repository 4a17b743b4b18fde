package io.qmptape.analyzer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.Recordings;
import io.qmptape.analyzer.query.Frames;
import io.qmptape.conversation.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDiffTest {
    private static List<Exchange> exchange(String command, String... replies) {
        Frames session = Frames.ofMachine("m").client(command);
        for (String reply : replies) {
            session.server(reply);
        }
        return Exchange.of(session.frames());
    }

    private static List<String> described(List<Exchange> a, List<Exchange> b) {
        return SessionDiff.of(a, b).rows().stream()
                .map(SeededEditsTest::describe)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Test
    void findsNothingBetweenEmptySessions() {
        assertThat(SessionDiff.of(List.of(), List.of()).isSame()).isTrue();
    }

    @Test
    void showsACommandInsertedAtTheFrontAsOneRow() {
        List<Exchange> recorded = Exchange.of(Recordings.frames("c-blockjobs-1"));
        List<Exchange> longer = new ArrayList<>(exchange("{\"execute\": \"query-name\"}", "{\"return\": {}}"));
        longer.addAll(recorded);

        SessionDiff diff = SessionDiff.of(recorded, longer);

        assertThat(diff.rows().get(0)).isInstanceOf(DiffRow.OnlyB.class);
        assertThat(diff.rows().subList(1, diff.rows().size())).allMatch(DiffRow.Same.class::isInstance);
        assertThat(diff.rows()).hasSize(recorded.size() + 1);
    }

    @Test
    void findsPolledStatesAgainBehindAnInsertedOne() {
        String[] states = {"prelaunch", "running", "paused", "running", "shutdown"};
        Frames shorter = Frames.ofMachine("m");
        Frames longer = Frames.ofMachine("m");
        for (int i = 0; i < states.length; i++) {
            String reply = "{\"return\": {\"status\": \"" + states[i] + "\"}}";
            longer.client("{\"execute\": \"query-status\"}").server(reply);
            if (i > 0) {
                shorter.client("{\"execute\": \"query-status\"}").server(reply);
            }
        }

        assertThat(described(Exchange.of(shorter.frames()), Exchange.of(longer.frames())))
                .containsExactly("+ query-status");
    }

    @Test
    void keepsStepsInLineWhereEveryReplyDiffers() {
        Frames shorter = Frames.ofMachine("m");
        Frames longer =
                Frames.ofMachine("m").client("{\"execute\": \"query-status\"}").server("{\"return\": {}}");
        for (int i = 0; i < 20; i++) {
            shorter.client("{\"execute\": \"query-status\"}").server("{\"return\": {}}");
            longer.client("{\"execute\": \"query-status\"}").server("{\"return\": {}}");
            shorter.client("{\"execute\": \"query-x\"}").server("{\"return\": {\"n\": " + i + "}}");
            longer.client("{\"execute\": \"query-x\"}").server("{\"return\": {\"n\": " + (i + 100) + "}}");
        }

        List<String> rows = described(Exchange.of(shorter.frames()), Exchange.of(longer.frames()));

        assertThat(rows).hasSize(21).containsOnlyOnce("+ query-status").contains("~ query-x $.return.n");
    }

    @Test
    void pairsCommandsOfOneNameInAGapAsChanged() {
        assertThat(described(
                        exchange("{\"execute\": \"device_add\", \"arguments\": {\"id\": \"a\"}}"),
                        exchange("{\"execute\": \"device_add\", \"arguments\": {\"id\": \"b\"}}")))
                .containsExactly("~ device_add $.arguments.id");
    }

    @Test
    void ignoresIdsTimesAndSpelling() {
        assertThat(described(
                        exchange(
                                "{\"execute\": \"x\", \"arguments\": {}, \"id\": 1}",
                                "{\"return\": {\"n\": 1000}, \"id\": 1}"),
                        exchange("{ \"id\" : \"b\",'execute':'x'}", "{\"id\": \"b\", \"return\": {\"n\": 1e3}}")))
                .isEmpty();
    }

    @Test
    void countsAMissingReplyAsAChange() {
        List<DiffRow> rows = SessionDiff.of(
                        exchange("{\"execute\": \"x\"}", "{\"return\": {\"a\": [1, \"b\"]}}"),
                        exchange("{\"execute\": \"x\"}"))
                .rows();

        assertThat(rows)
                .singleElement()
                .isInstanceOfSatisfying(
                        DiffRow.Changed.class,
                        changed -> assertThat(changed.changes())
                                .containsExactly(new MemberChange(
                                        "$.return", Optional.of("{\"a\": [1, \"b\"]}"), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "{\"a\": 1}                          | {\"a\": 2}                                | $.return.a",
                "{\"a\": 1}                          | {\"b\": 1}                                | $.return.a $.return.b",
                "{\"a\": \"1\"}                      | {\"a\": 1}                                | $.return.a",
                "{\"a\": {\"b\": true}}              | {\"a\": {\"b\": false}}                   | $.return.a.b",
                "{\"a\": {}}                         | {\"a\": []}                               | $.return.a",
                "[1, 2, 3]                           | [1, 3]                                    | $.return[1]",
                "[1, 2, 3]                           | [0, 1, 2, 3]                              | $.return[0]",
                "[1, 2, 3]                           | [1, 9, 3]                                 | $.return[1]",
                "[{\"id\": \"a\"}, {\"id\": \"b\"}]  | [{\"id\": \"b\"}, {\"id\": \"a\"}]        | -",
                "[{\"id\": \"a\"}]                   | [{\"id\": \"a\", \"x\": 1}, {\"id\": 1}]  | $.return[id=a].x $.return[id=1]",
                "[{\"n\": 1}, {\"n\": 2}]            | [{\"n\": 2}]                              | $.return[0]",
                "[{\"name\": \"a\"}, {\"name\": \"a\"}] | [{\"name\": \"a\"}, {\"name\": \"b\"}] | $.return[1].name",
                "\"#block123\"                       | \"#block9\"                               | -",
                "\"#block123\"                       | \"disk\"                                  | $.return",
                "{\"thread-id\": 1}                  | {\"thread-id\": 2}                        | $.return.thread-id",
            })
    void namesTheMembersThatDiffer(String a, String b, String paths) {
        List<String> expected = paths == null ? List.of() : List.of("~ x " + paths);

        assertThat(described(
                        exchange("{\"execute\": \"x\"}", "{\"return\": " + a + "}"),
                        exchange("{\"execute\": \"x\"}", "{\"return\": " + b + "}")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "query-cpus-fast | [{\"thread-id\": 1, \"cpu-index\": 0}] | [{\"thread-id\": 2, \"cpu-index\": 0}] | true",
                "query-cpus-fast | [{\"props\": {\"thread-id\": 1}}] | [{\"props\": {\"thread-id\": 2}}] | false",
                "query-block | [{\"inserted\": {\"node-name\": \"#block1\", \"image\": {\"actual-size\": 1}}}]"
                        + " | [{\"inserted\": {\"node-name\": \"#block7\", \"image\": {\"actual-size\": 2}}}] | true",
                "query-chardev | [{\"label\": \"m\", \"filename\": \"unix:/a\"}] | [{\"label\": \"m\", \"filename\": \"unix:/b\"}] | true",
                "query-blockstats | [{\"stats\": {\"wr_bytes\": 1}}] | [{\"stats\": {\"wr_bytes\": 5}}] | true",
                "human-monitor-command | \"CPU #0: thread_id=12\" | \"CPU #0: thread_id=99\" | true",
                "human-monitor-command | \"CPU #0\" | \"CPU #1\" | false",
                "add-fd | {\"fd\": 7, \"fdset-id\": 1} | {\"fd\": 9, \"fdset-id\": 1} | true",
                "add-fd | {\"fd\": 7} | {\"fdset-id\": 1} | false",
            })
    void knowsWhatDiffersBetweenRuns(String command, String a, String b, boolean isSame) {
        assertThat(SessionDiff.of(
                                exchange("{\"execute\": \"" + command + "\"}", "{\"return\": " + a + "}"),
                                exchange("{\"execute\": \"" + command + "\"}", "{\"return\": " + b + "}"))
                        .isSame())
                .isEqualTo(isSame);
    }

    @Test
    void cutsLongValues() {
        List<DiffRow> rows = SessionDiff.of(
                        exchange("{\"execute\": \"x\"}", "{\"return\": \"" + "\\n😀".repeat(1000) + "\"}"),
                        exchange("{\"execute\": \"x\"}", "{\"return\": " + "[".repeat(1000) + "]".repeat(1000) + "}"))
                .rows();

        MemberChange change = ((DiffRow.Changed) rows.get(0)).changes().get(0);
        assertThat(change.a().orElseThrow())
                .hasSizeLessThanOrEqualTo(200)
                .startsWith("\"\\n😀")
                .endsWith("…");
        assertThat(change.b().orElseThrow()).hasSize(200).startsWith("[[[").endsWith("[…");
    }

    @Test
    void comparesMessagesNestedAsDeepAsQemuTakesThem() {
        String one = "{\"a\":[".repeat(500) + "1" + "]}".repeat(500);
        String other = "{\"a\":[".repeat(500) + "2" + "]}".repeat(500);

        assertThat(described(
                        exchange("{\"execute\": \"x\", \"arguments\": " + one + "}"),
                        exchange("{\"execute\": \"x\", \"arguments\": " + other + "}")))
                .hasSize(1);
    }

    @Test
    void givesUpOnTheBestAlignmentOfHopelessSessions() {
        Random random = new Random(7);
        int[] a = random.ints(12_000, 0, 3_000).toArray();
        int[] b = random.ints(12_000, 0, 3_000).toArray();

        int[] partners = Aligner.partners(a, b);

        int last = -1;
        for (int i = 0; i < a.length; i++) {
            if (partners[i] >= 0) {
                assertThat(partners[i]).isGreaterThan(last);
                assertThat(b[partners[i]]).isEqualTo(a[i]);
                last = partners[i];
            }
        }
        assertThat(last).isPositive();
    }
}
