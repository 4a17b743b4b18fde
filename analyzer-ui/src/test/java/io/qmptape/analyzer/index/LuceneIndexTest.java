package io.qmptape.analyzer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.analyzer.query.QuerySyntaxException;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord;
import io.qmptape.traffic.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest {
    @TempDir
    Path directory;

    private RecordedTape tape;
    private LuceneIndex index;

    @BeforeEach
    void open() {
        tape = new RecordedTape(directory.resolve("tape"));
        index = LuceneIndex.open(directory.resolve("cache"), tape.tape());
    }

    @AfterEach
    void close() {
        index.close();
        tape.close();
    }

    private static Frames conversation() {
        return Frames.ofMachine("web-01")
                .server("{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}}}}")
                .client("{\"execute\": \"query-status\"}")
                .client("{\"execute\": \"eject\", \"arguments\": {\"device\": \"cd0\"}}")
                .server("{\"return\": {\"status\": \"running\"}}")
                .later(30)
                .server("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Device 'cd0' is locked\"}}")
                .server("{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"STOP\"}");
    }

    private static List<Long> sequences(MessagePage page) {
        return page.rows().stream().map(MessageRow::sequence).toList();
    }

    @Test
    void isEmptyBeforeItCatchesUp() {
        tape.appendWhole(conversation());

        assertThat(index.sessions()).isEmpty();
        assertThat(index.search("", 0, 10).total()).isZero();
        assertThat(index.indexedRecords()).isZero();
    }

    @Test
    void listsTheMessagesOfASession() {
        Frames session = conversation();
        tape.appendWhole(session);

        index.catchUp();

        MessagePage page = index.messages(session.opened().session(), "", 0, 100);
        assertThat(page.total()).isEqualTo(6);
        assertThat(page.rows()).extracting(MessageRow::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(page.rows())
                .extracting(MessageRow::name)
                .containsExactly("", "query-status", "eject", "query-status", "eject", "STOP");
        assertThat(page.rows())
                .extracting(MessageRow::contents)
                .containsExactly(
                        "QEMU 7.2.22", "", "device=cd0", "status=running", "GenericError: Device 'cd0' is locked", "");
        assertThat(index.indexedRecords()).isEqualTo(8);
    }

    @Test
    void pairsCommandsWithTheirReplies() {
        Frames session = conversation();
        tape.appendWhole(session);

        index.catchUp();

        List<MessageRow> rows =
                index.messages(session.opened().session(), "", 0, 100).rows();
        assertThat(rows)
                .extracting(MessageRow::pair)
                .containsExactly(
                        OptionalLong.empty(),
                        OptionalLong.of(4),
                        OptionalLong.of(5),
                        OptionalLong.of(2),
                        OptionalLong.of(3),
                        OptionalLong.empty());
        assertThat(rows.get(4).latencyNanos()).hasValue(31 * Frames.MILLI);
        assertThat(rows.get(4).at())
                .isEqualTo(session.opened().clock().wall().plusNanos(rows.get(4).sinceOpenNanos()));
        assertThat(index.message(session.opened().session(), 3)).contains(rows.get(2));
        assertThat(index.message(session.opened().session(), 7)).isEmpty();
        assertThat(index.messages(session.opened().session(), List.of(5L, 2L, 7L)))
                .containsExactly(rows.get(1), rows.get(4));
        assertThat(index.message(SessionId.random(), 1)).isEmpty();
    }

    @Test
    void findsSlowReplies() {
        Frames session = conversation();
        tape.appendWhole(session);

        index.catchUp();

        assertThat(sequences(index.messages(session.opened().session(), "latency:>5ms command:eject", 0, 9)))
                .containsExactly(5L);
        assertThat(sequences(index.search("locked", 0, 9))).containsExactly(5L);
        assertThat(sequences(index.search("-command:*", 0, 9))).containsExactly(1L, 6L);
    }

    @Test
    void searchesAllSessionsTheLatestFirst() {
        Frames early = conversation();
        Frames late = conversation();
        tape.append(List.of(early.opened())).append(List.of(late.opened()));
        tape.append(late.frames()).append(early.frames());

        index.catchUp();

        MessagePage page = index.search("kind:command", 0, 10);
        assertThat(page.rows())
                .extracting(MessageRow::session)
                .containsExactly(
                        late.opened().session(),
                        late.opened().session(),
                        early.opened().session(),
                        early.opened().session());
        assertThat(sequences(page)).containsExactly(2L, 3L, 2L, 3L);
        assertThat(sequences(index.search("kind:command", 1, 2))).containsExactly(3L, 2L);
    }

    @Test
    void countsWhatASessionHolds() {
        Frames session = conversation();
        tape.appendWhole(session);

        index.catchUp();

        assertThat(index.sessions()).isEqualTo(tape.tape().sessions());
        assertThat(index.session(session.opened().session())).isPresent();
        assertThat(index.facet("", "kind", 2)).containsExactly(Map.entry("command", 2L), Map.entry("event", 1L));
        assertThat(index.facet("command:*", "command", 9)).containsOnlyKeys("eject", "query-status");
        assertThat(index.facet("", "error.class", 9)).containsEntry("GenericError", 1L);
        assertThat(index.activity(session.opened().session(), 4).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(6);
    }

    @Test
    void refusesBadQueriesAndBounds() {
        SessionId id = SessionId.random();

        assertThatThrownBy(() -> index.search("comand:x", 0, 1)).isInstanceOf(QuerySyntaxException.class);
        assertThatThrownBy(() -> index.messages(id, "", 0, MessageIndex.MAX_LIMIT + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.facet("", "latency", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(index.messages(id, "", 1_000_000_000_000L, 10).rows()).isEmpty();
    }

    @Test
    void takesTheLargestQueries() {
        assertThat(index.search("x ".repeat(256), 0, 1).total()).isZero();
        assertThat(index.search("a OR ".repeat(255) + "b", 0, 1).total()).isZero();
        assertThat(index.search(("\"" + "a ".repeat(63) + "a\" ").repeat(31), 0, 1)
                        .total())
                .isZero();
        assertThat(index.search("arg.x:" + "*a?".repeat(1000), 0, 1).total()).isZero();
    }

    @Test
    void doesNotCountGivenRecordsTwice() {
        tape.appendWhole(conversation());

        index.catchUp();
        index.catchUp();

        assertThat(index.search("", 0, 1).total()).isEqualTo(6);
        assertThat(index.indexedRecords()).isEqualTo(8);
    }

    @Test
    void leavesOutSessionsWhoseOpeningIsLost() {
        tape.append(conversation().frames());

        index.catchUp();

        assertThat(index.search("", 0, 1).total()).isZero();
        assertThat(index.sessions()).isEmpty();
    }

    @Test
    void pagesThroughFortyThousandMessages() {
        Frames session = Frames.ofMachine("polled");
        for (int i = 0; i < 20_000; i++) {
            session.client("{\"execute\":\"query-status\",\"id\":" + i + "}")
                    .server("{\"return\":{},\"id\":" + i + "}");
        }
        tape.appendWhole(session);

        index.catchUp();

        SessionId id = session.opened().session();
        MessagePage page = index.messages(id, "", 39_000, 100);
        assertThat(page.total()).isEqualTo(40_000);
        assertThat(page.rows()).hasSize(100);
        assertThat(page.rows().get(0).sequence()).isEqualTo(39_001);
        assertThat(page.rows().get(99).sequence()).isEqualTo(39_100);
        assertThat(page.rows().get(0).pair()).hasValue(39_002);
        assertThat(index.messages(id, "kind:success", 19_999, 10).rows())
                .extracting(MessageRow::kind)
                .containsExactly(MessageKind.SUCCESS);
        assertThat(index.session(id).orElseThrow().duration()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void showsWhatComesWhileItFollows() {
        Frames session = conversation();
        index.start();

        tape.append(List.of(session.opened()));
        for (SessionRecord record : session.frames()) {
            tape.append(List.of(record));
        }

        Eventually.holds(() -> index.search("", 0, 1).total() == 6);
        assertThat(index.isFollowing()).isTrue();
        assertThat(index.messages(session.opened().session(), "seq:2", 0, 1)
                        .rows()
                        .get(0)
                        .pair())
                .hasValue(4);
        index.catchUp();
        assertThat(index.search("", 0, 1).total()).isEqualTo(6);
    }
}
