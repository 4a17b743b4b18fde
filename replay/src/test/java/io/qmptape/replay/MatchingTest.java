package io.qmptape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.store.redaction.SessionRedaction;
import io.qmptape.traffic.CloseCause;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatchingTest {
    private static final String SECRET =
            "{\"execute\": \"set_password\", \"arguments\": " + "{\"protocol\": \"vnc\", \"password\": \"*hidden*\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'execute':'a','arguments':{'x':1,'y':[true]}} | {\"arguments\": {\"y\":[true], \"x\":1}, \"execute\":\"a\"}",
                "{'execute':'a','arguments':{'x':1e3}} | {'execute':'a','arguments':{'x':1000}}",
                "{'execute':'\\u0061'} | {'execute':'a'}",
                "{'execute':'a','id':1} | {'id':'other','execute':'a'}",
                "[1] | [ 1 ]"
            })
    void takesForTheSameWhatQemuTakesForTheSame(String recorded, String received) {
        assertThat(play(recorded, received)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'execute':'a'} | {'execute':'b'} | $.execute",
                "{'execute':'a'} | {'execute':'a','arguments':{}} | $.arguments",
                "{'execute':'a','arguments':{'id':1}} | {'execute':'a','arguments':{'id':2}} | $.arguments.id",
                "{'execute':'a','arguments':{'x':[1,2]}} | {'execute':'a','arguments':{'x':[1,3]}} | $.arguments.x[1]",
                "{'execute':'a','arguments':{'x':[1,2]}} | {'execute':'a','arguments':{'x':[1]}} | $.arguments.x",
                "{'execute':'a','arguments':{'x':'1'}} | {'execute':'a','arguments':{'x':1}} | $.arguments.x",
                "{'execute':'a'} | BAD} | $"
            })
    void namesTheMemberThatDiffers(String recorded, String received, String path) {
        Divergence divergence = play(recorded, received).orElseThrow();

        assertThat(divergence.differences()).extracting(MemberDifference::path).containsExactly(path);
    }

    @Test
    void tellsAnOutOfBandCommandFromAnUsualOne() {
        Divergence divergence = play("{'execute':'a'}", "{'exec-oob':'a'}").orElseThrow();

        assertThat(divergence.differences())
                .containsExactly(
                        new MemberDifference("$.execute", Optional.of("'a'"), Optional.empty()),
                        new MemberDifference("$.exec-oob", Optional.empty(), Optional.of("'a'")));
    }

    @Test
    void showsBothValues() {
        Divergence divergence = play(
                        "{'execute':'a','arguments':{'x':1}}", "{'execute':'a','arguments':{'x': [2,\n3]}}")
                .orElseThrow();

        assertThat(divergence.differences())
                .containsExactly(new MemberDifference("$.arguments.x", Optional.of("1"), Optional.of("[2, 3]")));
    }

    @Test
    void letsAMaskedMemberMatchAnyValueOfItsType() {
        Script script = new Recording().masked(SECRET, "\"*hidden*\"", "string").script();
        Conversation conversation = new Conversation(script);

        conversation.connect();
        conversation.send(SECRET.replace("*hidden*", "s3cret"));

        assertThat(conversation.isPlayed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'password':'s3cret'}             | {'password':'s3cret'}            | true",
                "{'password':'s3cret'}             | {'password':'\\u00733cret'}       | true",
                "{'password':'s3cret'}             | {'password':'other!'}            | false",
                "{'password':1000}                 | {'password':1e3}                 | true",
                "{'password':1000}                 | {'password':1001}                | false",
                "{'password':1000}                 | {'password':'1000'}              | false",
                "{'password':{'a':1,'b':[2]}}      | {'password':{'b':[2],'a':1}}     | true",
                "{'url':'https://u:s3cret@host/x'} | {'url':'https://u:s3cret@host/x'} | true",
                "{'url':'https://u:s3cret@host/x'} | {'url':'https://u:other!@host/x'} | false",
                "{'url':'https://u:s3cret@host/x'} | {'url':'https://u:s3cret@other/x'} | false",
            })
    void withTheKeyAMaskedValueMatchesItselfAlone(String recorded, String received, boolean isSame) {
        RedactionKey key = RedactionKey.random();

        assertThat(isPlayed(key, Secrets.withKey(key), recorded, received)).isEqualTo(isSame);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'password':'s3cret'}             | {'password':'other!'}            | true",
                "{'password':'s3cret'}             | {'password':1}                   | false",
                "{'password':1000}                 | {'password':7}                   | true",
                "{'url':'https://u:s3cret@host/x'} | {'url':'https://u:other!@host/x'} | true",
                "{'url':'https://u:s3cret@host/x'} | {'url':'https://u:s3cret@other/x'} | false",
            })
    void withoutTheKeyItMatchesAnyOfItsType(String recorded, String received, boolean isSame) {
        assertThat(isPlayed(RedactionKey.random(), Secrets.withoutKey(), recorded, received))
                .isEqualTo(isSame);
    }

    @Test
    void withTheKeyTheStandInMatchesToo() {
        RedactionKey key = RedactionKey.random();
        String standIn = key.standIn("1000");

        assertThat(isPlayed(key, Secrets.withKey(key), "{'password':1000}", "{'password':'" + standIn + "'}"))
                .isTrue();
    }

    @Test
    void neverShowsWhatStandsWhereAMaskIs() {
        Script script = new Recording().masked(SECRET, "\"*hidden*\"", "string").script();
        Conversation conversation = new Conversation(script);

        conversation.connect();
        conversation.send(SECRET.replace("\"*hidden*\"", "123454321").replace("vnc", "spice"));

        String report = new DivergenceReport(conversation.divergence().orElseThrow()).text();
        assertThat(report)
                .contains("$.arguments.protocol", "$.arguments.password", "*hidden*", "(hidden)")
                .doesNotContain("123454321");
    }

    @Test
    void hidesPasswordsInCommandsThatWereNotRecorded() {
        Divergence divergence =
                play("{'execute':'a'}", SECRET.replace("*hidden*", "s3cret")).orElseThrow();

        assertThat(new DivergenceReport(divergence).text())
                .contains("set_password", "(hidden)")
                .doesNotContain("s3cret");
    }

    @Test
    void hidesAWholeMaskedPartThatChangedItsShape() {
        Script script = new Recording().masked(SECRET, "\"*hidden*\"", "string").script();
        Conversation conversation = new Conversation(script);

        conversation.connect();
        conversation.send("{\"execute\": \"set_password\", \"arguments\": [\"s3cret\"]}");

        assertThat(new DivergenceReport(conversation.divergence().orElseThrow()).text())
                .contains("$.arguments\n")
                .doesNotContain("s3cret");
    }

    @Test
    void reportsWhereAndWhatInLines() {
        Divergence divergence =
                play("{'execute':'a'}", "{'execute':'\u001b[31mb'}x").orElseThrow();

        assertThat(new DivergenceReport(divergence).text())
                .startsWith("the client sent something else than was recorded: message 1 of 1, frame 1 of session "
                        + "0f1e2d3c\n  recorded: {'execute':'a'}\n  received: ")
                .doesNotContain("\u001b");
    }

    /** Of a session that was masked with that key. */
    private static boolean isPlayed(RedactionKey key, Secrets secrets, String recorded, String received) {
        String command = "{'execute':'x','arguments':%s}";
        RecordedSession clear =
                new Recording().client(command.formatted(recorded)).closed(CloseCause.CLIENT_LEFT);
        Script script = Script.of(SessionRedaction.of(clear, Redaction.with(key)));
        Conversation conversation = new Conversation(script, secrets);
        conversation.connect();
        conversation.send(command.formatted(received));
        return conversation.isPlayed();
    }

    private static Optional<Divergence> play(String recorded, String received) {
        Conversation conversation =
                new Conversation(new Recording().client(recorded).script());
        conversation.connect();
        conversation.send(received);
        if (!conversation.isClosed()) {
            conversation.leave();
        }
        return conversation.divergence();
    }
}
