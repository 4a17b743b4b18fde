package io.qmptape.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.conversation.PollFold.Polls;
import io.qmptape.protocol.MessageKind;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PollFoldingTest {
    private static final String RUNNING = "{\"status\": \"running\", \"running\": true}";
    private static final Duration TICK = Duration.ofMillis(100);

    @Test
    void makesOneRowOfTwentyThousandPolls() {
        PolledSession session = greeted();
        for (int i = 0; i < 20_000; i++) {
            session.after(TICK)
                    .poll("query-jobs", "[{\"id\": \"j\", \"status\": \"running\", \"current-progress\": " + i + "}]");
            if (i % 600 == 599) {
                session.clockRead(Duration.ZERO);
            }
        }

        List<FoldedRow> rows = rows(session.closed());

        assertThat(rows).hasSize(6);
        PollFold fold = folds(rows).get(0);
        assertThat(fold.first()).isEqualTo(4);
        assertThat(fold.last()).isEqualTo(40_003);
        assertThat(fold.records()).isEqualTo(40_000 + 33);
        Polls polls = fold.polls().get(0);
        assertThat(polls.command()).isEqualTo("query-jobs");
        assertThat(polls.count()).isEqualTo(20_000);
        assertThat(polls.every()).isEqualTo(new Spread(101_000_000, 101_000_000, 101_000_000));
        assertThat(polls.latency()).isEqualTo(new Spread(1_000_000, 1_000_000, 1_000_000));
        assertThat(polls.moved())
                .containsExactly(new Moved("$.return[0].current-progress", "0", "19999", "0", "19999"));
    }

    @Test
    void foldsAPollerThatAsksSeveralThingsInTurn() {
        PolledSession session = greeted();
        for (int i = 0; i < 100; i++) {
            session.after(TICK)
                    .poll("query-jobs", "[]")
                    .poll("query-block-jobs", "[]")
                    .poll("query-status", RUNNING);
        }

        PollFold fold = folds(rows(session)).get(0);

        assertThat(fold.count()).isEqualTo(300);
        assertThat(fold.polls())
                .extracting(Polls::command)
                .containsExactly("query-jobs", "query-block-jobs", "query-status");
    }

    @Test
    void foldsTwoPollersThatKeepTheirOwnTime() {
        PolledSession session = greeted();
        for (int i = 0; i < 1000; i++) {
            session.after(TICK).poll("query-jobs", "[]");
            if (i % 11 == 5 || i % 7 == 3) {
                session.poll("query-balloon", "{\"actual\": " + i + "}");
            }
        }

        List<FoldedRow> rows = rows(session);

        assertThat(folds(rows)).hasSize(1);
        assertThat(rows.size()).isLessThan(10);
    }

    @Test
    void foldsPollsThatAreAskedBeforeTheOneBeforeThemIsAnswered() {
        PolledSession session = greeted();
        for (int i = 0; i < 50; i++) {
            session.after(TICK)
                    .client("{\"execute\": \"query-status\", \"id\": " + i + "}")
                    .client("{\"execute\": \"query-jobs\", \"id\": " + -i + "}")
                    .server("{\"return\": " + RUNNING + ", \"id\": " + i + "}")
                    .server("{\"return\": [], \"id\": " + -i + "}");
        }

        assertThat(folds(rows(session)).get(0).count()).isEqualTo(100);
    }

    @Test
    void showsTheFirstAnswerThatTellsAnotherState() {
        PolledSession session = greeted();
        polls(session, 10, "query-status", RUNNING);
        polls(session, 10, "query-status", "{\"status\": \"paused\", \"running\": false}");

        List<FoldedRow> rows = rows(session);

        assertThat(rows.subList(4, 8))
                .extracting(PollFoldingTest::word)
                .containsExactly("10 polls", "command", "success", "9 polls");
    }

    @Test
    void leavesASingleQuestionAmongPollsInSight() {
        PolledSession session = polls(greeted(), 100, "query-jobs", "[]").poll("query-block", "[]");
        polls(session, 100, "query-jobs", "[]");

        assertThat(rows(session).subList(4, 8))
                .extracting(PollFoldingTest::word)
                .containsExactly("100 polls", "command", "success", "100 polls");
    }

    @Test
    void leavesTwoPollsAlone() {
        assertThat(folds(rows(polls(greeted(), 2, "query-jobs", "[]").closed())))
                .isEmpty();
        assertThat(folds(rows(polls(greeted(), 3, "query-jobs", "[]").closed())))
                .hasSize(1);
    }

    static Stream<Arguments> interruptions() {
        return Stream.of(
                among(
                        "an event",
                        s -> s.server("{\"event\": \"STOP\", \"timestamp\": {\"seconds\": 1, \"microseconds\": 2}}"),
                        1),
                among(
                        "an error",
                        s -> s.client("{\"execute\": \"query-jobs\"}")
                                .server("{\"error\": {\"class\": \"GenericError\", \"desc\": \"x\"}}"),
                        2),
                among("a command that changes something", s -> s.poll("stop", "{}"), 2),
                among("a command whose name says nothing", s -> s.poll("x-unheard-of", "{}"), 2),
                among("noise", s -> s.noise("\u0001"), 1),
                among("a gap", PolledSession::gap, 1),
                among("a stepped clock", s -> s.clockRead(Duration.ofSeconds(9)), 1),
                among(
                        "a warning",
                        s -> s.client("{\"execute\": \"query-jobs\"}", finding(Severity.WARNING))
                                .server("{\"return\": []}"),
                        2),
                among(
                        "a new hint",
                        s -> s.client("{\"execute\": \"query-jobs\"}", finding(Severity.INFO))
                                .server("{\"return\": []}"),
                        2),
                among(
                        "a new mask",
                        s -> s.client("{\"execute\": \"query-jobs\"}")
                                .masked("{\"return\": []}", new Masked("$.x", "string", new Span(0, 1))),
                        2),
                among("another structure", s -> s.poll("query-jobs", "[{}]"), 2),
                among("another string", s -> s.poll("query-jobs", "\"\""), 2),
                among(
                        "an event before the answer",
                        s -> s.client("{\"execute\": \"query-jobs\"}")
                                .server("{\"event\": \"STOP\"}")
                                .server("{\"return\": []}"),
                        3),
                among("a command that gets no answer", s -> s.client("{\"execute\": \"query-jobs\", \"id\": 0}"), 1),
                among("frames that are no longer there", s -> s.lost(7), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interruptions")
    void neverHides(String what, UnaryOperator<PolledSession> say, int rows) {
        PolledSession session = say.apply(polls(greeted(), 20, "query-jobs", "[]"));
        int before = session.records().size();
        polls(session, 1, "query-jobs", "[]");
        polls(session, 20, "query-jobs", "[]");

        List<FoldedRow> all = rows(session);

        int fold = all.indexOf(folds(all).get(0));
        assertThat(((PollFold) all.get(fold)).count()).as(what).isEqualTo(20);
        List<SessionRecord> shown = session.records().subList(before - rows, before);
        assertThat(all.subList(fold + 1, fold + 1 + rows))
                .isEqualTo(shown.stream().map(FoldedRow.Plain::new).toList());
        assertThat(folds(all)).as("folds").hasSize(2);
    }

    @Test
    void countsWhatOnlyFlickersAsMoved() {
        PolledSession session = greeted();
        for (int i = 0; i < 10; i++) {
            session.after(TICK).poll("query-block-jobs", "[{\"busy\": " + (i % 2 == 0) + ", \"ready\": false}]");
        }

        assertThat(folds(rows(session)).get(0).polls().get(0).moved())
                .containsExactly(new Moved("$.return[0].busy", "true", "false", "false", "true"));
    }

    @Test
    void tellsWhereAValueWentThatCameBack() {
        PolledSession session = greeted();
        for (int value : new int[] {5, 9, 100, -3, 5}) {
            session.after(TICK).poll("query-balloon", "{\"actual\": " + value + "}");
        }

        Moved moved = folds(rows(session)).get(0).polls().get(0).moved().get(0);

        assertThat(moved).isEqualTo(new Moved("$.return.actual", "5", "5", "-3", "100"));
        assertThat(moved.isBetweenEnds()).isFalse();
    }

    @Test
    void takesMembersInAnyOrderForTheSameAnswer() {
        PolledSession session = greeted();
        for (int i = 0; i < 10; i++) {
            session.poll("query-status", i % 2 == 0 ? RUNNING : "{\"running\": true, \"status\": \"running\"}");
        }

        assertThat(folds(rows(session)).get(0).count()).isEqualTo(10);
    }

    @Test
    void keepsQuestionsWithOtherArgumentsApart() {
        PolledSession session = greeted();
        for (int i = 0; i < 10; i++) {
            session.client("{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"/a\"}}")
                    .server("{\"return\": \"on\"}");
            session.client("{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"/b\"}}")
                    .server("{\"return\": \"off\"}");
        }

        assertThat(folds(rows(session)).get(0).polls())
                .extracting(Polls::arguments)
                .containsExactly("{\"path\": \"/a\"}", "{\"path\": \"/b\"}");
    }

    @Test
    void tellsOnceTheHintThatCameWithEachPoll() {
        PolledSession session = greeted();
        for (int i = 0; i < 10; i++) {
            session.client("{\"execute\": \"query-jobs\"}", finding(Severity.INFO))
                    .server("{\"return\": []}");
        }

        assertThat(folds(rows(session)).get(0).polls().get(0).hints()).containsExactly(finding(Severity.INFO));
    }

    @Test
    void showsTheFoldThatGrowsWhileMoreIsToCome() {
        PolledSession session = polls(greeted(), 50, "query-jobs", "[]");
        List<FoldedRow> rows = new ArrayList<>();
        PollFolding folding = new PollFolding(rows::add);

        session.records().forEach(folding::accept);

        assertThat(rows).hasSize(4);
        assertThat(folding.growing().orElseThrow().count()).isEqualTo(50);
    }

    private static Arguments among(String what, UnaryOperator<PolledSession> say, int rows) {
        return Arguments.of(what, say, rows);
    }

    private static Finding finding(Severity severity) {
        return new Finding("rule", severity, "$", "text");
    }

    private static PolledSession greeted() {
        return new PolledSession().server("{\"QMP\": {}}").poll("qmp_capabilities", "{}");
    }

    private static PolledSession polls(PolledSession session, int count, String command, String returned) {
        for (int i = 0; i < count; i++) {
            session.after(TICK).poll(command, returned);
        }
        return session;
    }

    static List<FoldedRow> rows(PolledSession session) {
        return rows(session.records());
    }

    static List<FoldedRow> rows(List<SessionRecord> records) {
        List<FoldedRow> rows = new ArrayList<>();
        Consumer<FoldedRow> sink = rows::add;
        PollFolding folding = new PollFolding(sink);
        records.forEach(folding::accept);
        folding.end();
        return rows;
    }

    static List<PollFold> folds(List<FoldedRow> rows) {
        return rows.stream()
                .filter(PollFold.class::isInstance)
                .map(PollFold.class::cast)
                .toList();
    }

    private static String word(FoldedRow row) {
        if (row instanceof PollFold fold) {
            return fold.count() + " polls";
        }
        SessionRecord record = ((FoldedRow.Plain) row).record();
        return record instanceof FrameRecorded recorded ? recorded.message().word() : MessageKind.NOISE.word();
    }
}
