package io.qmptape.replay;

import static org.assertj.core.api.Assertions.assertThat;

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
