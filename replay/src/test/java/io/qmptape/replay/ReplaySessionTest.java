package io.qmptape.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import org.junit.jupiter.api.Test;

/** Conversations with a replay session. */
final class ReplaySessionTest {
    private static final String GREETING = "{\"QMP\": {}}\r\n";
    private static final String C1 = "{\"execute\": \"one\"}";
    private static final String C2 = "{\"execute\": \"two\"}";
    private static final String C3 = "{\"execute\": \"three\"}";
    private static final String R1 = "{\"return\": 1}\r\n";
    private static final String R2 = "{\"return\": 2}\r\n";
    private static final String R3 = "{\"return\": 3}\r\n";
    private static final String STOP = "{\"event\": \"STOP\"}\r\n";

    @Test
    void greetsOnConnect() {
        Conversation conversation =
                new Conversation(new Recording().server(GREETING).script());

        assertThat(conversation.connect()).isEqualTo(GREETING);
    }

    @Test
    void greetsEvenIfTheRecordedClientSpokeFirst() {
        Conversation conversation = new Conversation(
                new Recording().client(C1).server(GREETING).server(R1).script());

        assertThat(conversation.connect()).isEqualTo(GREETING);
        assertThat(conversation.send(C1)).isEqualTo(R1);
    }

    @Test
    void sendsEachLineEndWithItsMessage() {
        Script script = new Recording()
                .server(GREETING)
                .client(C1)
                .client(C2)
                .server(R1 + R2)
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo(R1);
        assertThat(conversation.send(C2)).isEqualTo(R2);
    }

    @Test
    void letsAClientThatWaitsThroughAPipelinedRecording() {
        Script script =
                new Recording().client(C1 + C2 + C3).server(R1 + STOP + R2 + R3).script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo(R1);
        assertThat(conversation.send(C2)).isEqualTo(STOP + R2);
        assertThat(conversation.send(C3)).isEqualTo(R3);
    }

    @Test
    void letsAnEventBeforeAReplyWaitForTheCommandThatWasOpen() {
        Script script = new Recording()
                .client(C1)
                .server(R1)
                .client(C2)
                .server(STOP + R2)
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo(R1);
        assertThat(conversation.send(C2)).isEqualTo(STOP + R2);
    }

    @Test
    void sendsAnEventThatCameBeforeTheNextCommandWithoutWaiting() {
        Script script = new Recording()
                .client(C1)
                .server(R1 + STOP)
                .client(C2)
                .server(R2)
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo(R1 + STOP);
    }

    @Test
    void letsAnEventAtTheEndWaitForTheCommandsBeforeIt() {
        Script script =
                new Recording().client(C1).server(R1).client(C2).server(STOP).scriptThatServerEnds();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo(R1);
        assertThat(conversation.send(C2)).isEqualTo(STOP);
        assertThat(conversation.isFinished()).isTrue();
    }

    @Test
    void keepsTheOrderInWhichAnOutOfBandReplyOvertook() {
        String slow = "{\"execute\": \"slow\", \"id\": 1}";
        String oob = "{\"exec-oob\": \"fast\", \"id\": 2}";
        Script script = new Recording()
                .client(slow + oob)
                .server("{\"return\": {}, \"id\": 2}\r\n{\"return\": {}, \"id\": 1}\r\n")
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send("{\"execute\": \"slow\", \"id\": \"a\"}")).isEmpty();
        assertThat(conversation.send("{\"exec-oob\": \"fast\", \"id\": \"b\"}"))
                .isEqualTo("{\"return\": {}, \"id\": \"b\"}\r\n{\"return\": {}, \"id\": \"a\"}\r\n");
    }

    @Test
    void doesNotLetAnOutOfBandReplyWaitForALaterReply() {
        Script script = new Recording()
                .client("{\"exec-oob\": \"fast\", \"id\": 1}{\"execute\": \"slow\", \"id\": 2}")
                .server("{\"return\": {}, \"id\": 1}\r\n{\"return\": {}, \"id\": 2}\r\n")
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send("{\"exec-oob\": \"fast\", \"id\": 1}"))
                .isEqualTo("{\"return\": {}, \"id\": 1}\r\n");
    }

    @Test
    void answersNoiseWithTheRecordedError() {
        String error = "{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, stray 'B'\"}}\r\n";
        Script script = new Recording().client("BAD\n" + C1).server(error + R1).script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send("  BAD\r\n")).isEqualTo(error);
        assertThat(conversation.send(C1)).isEqualTo(R1);
    }

    @Test
    void addsAnIdToAFailureAtItsFront() {
        Script script = new Recording()
                .client(C1)
                .server("{\"error\": {\"class\": \"A\", \"desc\": \"b\"}}\r\n")
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send("{\"execute\": \"one\", \"id\": 7.0}"))
                .isEqualTo("{\"id\": 7, \"error\": {\"class\": \"A\", \"desc\": \"b\"}}\r\n");
    }

    @Test
    void addsAnIdToAPrettySuccessOnALineOfItsOwn() {
        Script script = new Recording()
                .client(C1)
                .server("{\r\n    \"return\": {\r\n    }\r\n}\r\n")
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send("{\"execute\": \"one\", \"id\": [1]}"))
                .isEqualTo("{\r\n    \"return\": {\r\n    },\r\n    \"id\": [\r\n        1\r\n    ]\r\n}\r\n");
    }

    @Test
    void removesAnIdWithItsSeparator() {
        Script script = new Recording()
                .client("{\"execute\": \"one\", \"id\": 1}{\"execute\": \"two\", \"id\": 2}")
                .server("{\"return\": {}, \"id\": 1}\r\n{\"id\": 2, \"error\": {}}\r\n")
                .script();
        Conversation conversation = new Conversation(script);

        conversation.connect();

        assertThat(conversation.send(C1)).isEqualTo("{\"return\": {}}\r\n");
        assertThat(conversation.send(C2)).isEqualTo("{\"error\": {}}\r\n");
    }

    @Test
    void finishesWhenTheClientLeavesAtTheEnd() {
        Conversation conversation =
                new Conversation(new Recording().client(C1).server(R1).script());

        conversation.connect();
        conversation.send(C1 + " \n ");

        assertThat(conversation.isPlayed()).isTrue();
        assertThat(conversation.isClosed()).isFalse();
        conversation.leave();
        assertThat(conversation.isFinished()).isTrue();
    }

    @Test
    void closesAfterTheLastStepWhereTheServerLeft() {
        Conversation conversation =
                new Conversation(new Recording().client(C1).server(STOP + R1).scriptThatServerEnds());

        conversation.connect();

        assertThat(conversation.send(C1 + C2)).isEqualTo(STOP + R1);
        assertThat(conversation.isFinished()).isTrue();
        assertThat(conversation.send(C3)).isEmpty();
    }

    @Test
    void partsAtAnotherCommandAndSendsNothingMore() {
        Conversation conversation = new Conversation(new Recording()
                .server(GREETING)
                .client(C1)
                .server(R1)
                .client(C2)
                .server(R2)
                .script());

        conversation.connect();
        conversation.send(C1);

        assertThat(conversation.send(C3 + C2)).isEmpty();
        assertThat(conversation.isClosed()).isTrue();
        Divergence divergence = conversation.divergence().orElseThrow();
        assertThat(divergence.kind()).isEqualTo(Divergence.Kind.DIFFERENT);
        assertThat(divergence.step()).isEqualTo(2);
        assertThat(divergence.sequence()).isEqualTo(4);
        assertThat(divergence.recorded()).contains(C2);
        assertThat(divergence.received()).contains(C3);
    }

    @Test
    void partsFromAClientThatSendsMore() {
        Conversation conversation =
                new Conversation(new Recording().client(C1).server(R1).script());

        conversation.connect();
        conversation.send(C1);
        conversation.send(C2);

        assertThat(conversation.divergence().orElseThrow().kind()).isEqualTo(Divergence.Kind.MORE_THAN_RECORDED);
    }

    @Test
    void partsFromAClientThatLeavesEarly() {
        Conversation conversation = new Conversation(
                new Recording().client(C1).server(R1).client(C2).server(R2).script());

        conversation.connect();
        conversation.send(C1 + "{\"execute\": ");
        conversation.leave();

        Divergence divergence = conversation.divergence().orElseThrow();
        assertThat(divergence.kind()).isEqualTo(Divergence.Kind.LEFT_EARLY);
        assertThat(divergence.recorded()).contains(C2);
        assertThat(divergence.received()).contains("{\"execute\":");
    }

    @Test
    void allowsTheUnfinishedMessageThatWasRecorded() {
        Conversation conversation = new Conversation(
                new Recording().client(C1).server(R1).client(" {\"exec").script());

        conversation.connect();
        conversation.send(C1 + "\n{\"exec");
        conversation.leave();

        assertThat(conversation.isFinished()).isTrue();
    }

    @Test
    void refusesToPlayARecordingWithAGap() {
        Recording recording = new Recording()
                .client(C1)
                .with(new Gap(SessionId.random(), Direction.SERVER_TO_CLIENT, 0, 300, 1, 2, "queue full"));

        assertThatThrownBy(recording::script)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("300 bytes s2c")
                .hasMessageContaining("queue full");
    }

    @Test
    void leavesTheEndToTheClientWhereItIsNotKnown() {
        Script script = Script.of(new Recording().client(C1).server(R1).closed(CloseCause.RECORDER_DIED));
        Conversation conversation = new Conversation(script);

        conversation.connect();
        conversation.send(C1);

        assertThat(conversation.isClosed()).isFalse();
    }
}
