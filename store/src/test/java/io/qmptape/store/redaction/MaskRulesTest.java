package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qmptape.store.Masked;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users add to the table, and what it leaves to them. */
final class MaskRulesTest {
    private final RedactionKey key = RedactionKey.random();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x-login arguments.pin              | {'execute':'x-login','arguments':{'pin':'SECRET'}}       | $.arguments.pin",
                "x-login $.arguments.pins[*].value  | {'execute':'x-login','arguments':{'pins':[{'value':'SECRET'}]}} | $.arguments.pins[0].value",
                "x-* arguments.**.pin               | {'execute':'x-b','arguments':{'a':{'b':[{'pin':'SECRET'}]}}} | $.arguments.a.b[0].pin",
                "* **.pin                           | {'execute':'x','argumnts':{'pin':'SECRET'}}              | $.argumnts.pin",
                "x arguments.p if arguments.d=vnc   | {'execute':'x','arguments':{'d':'VNC','p':'SECRET'}}     | $.arguments.p",
                "x arguments.*.p if .d=vnc          | {'execute':'x','arguments':{'e':{'d':'vnc','p':'SECRET'}}} | $.arguments.e.p",
                "x arguments.p unless arguments.p=a | {'execute':'x','arguments':{'p':'SECRET'}}               | $.arguments.p",
                "x id                               | {'execute':'x','id':'SECRET'}                            | $.id",
            })
    void masksByTheRulesOfAUser(String rule, String message, String path) {
        Listening listening = new Listening(with(rule));

        var redacted = listening.client(message);

        assertThat(Listening.text(redacted)).doesNotContain(Listening.SECRET);
        assertThat(redacted.masked()).extracting(Masked::path).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x-login arguments.pin            | {'execute':'y','arguments':{'pin':1}}",
                "x arguments.p if arguments.d=vnc | {'execute':'x','arguments':{'p':1}}",
                "x arguments.p if .d=vnc          | {'execute':'x','arguments':{'d':'spice','p':1}}",
                "x arguments.p unless .p=a        | {'execute':'x','arguments':{'p':'a'}}",
                "x arguments.pin as program       | {'execute':'x','arguments':{'pin':'1'}}",
            })
    void leavesWhatTheRuleOfAUserDoesNotMean(String rule, String message) {
        assertThat(new Listening(with(rule)).client(message).masked()).isEmpty();
    }

    @Test
    void masksInTheReplyByWhatWasAsked() {
        Listening listening = new Listening(with("x-read return.value if arguments.of=pin"));

        listening.client("{'execute':'x-read','arguments':{'of':'pin'}}");
        var secret = listening.server("{'return':{'value':'SECRET'}}");
        listening.client("{'execute':'x-read','arguments':{'of':'name'}}");
        var other = listening.server("{'return':{'value':'SECRET'}}");

        assertThat(Listening.text(secret)).doesNotContain(Listening.SECRET);
        assertThat(other.masked()).isEmpty();
    }

    @Test
    void masksInEvents() {
        Listening listening = new Listening(with("X_LOGIN data.user"));

        var event = listening.server(
                "{'event':'X_LOGIN','data':{'user':'SECRET'},'timestamp':{'seconds':1,'microseconds':2}}");

        assertThat(event.masked()).extracting(Masked::path).containsExactly("$.data.user");
    }

    @Test
    void masksTheNamesOfUsersInNoiseToo() {
        Listening listening = new Listening(with("x-login arguments.pin"));

        var noise = listening.client("{'execute':'x-login','arguments':{'pin':'SECRET'} ]");

        assertThat(Listening.text(noise)).doesNotContain(Listening.SECRET).contains("x-login");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "typed-keys   | {'execute':'send-key','arguments':{'keys':[{'type':'qcode','data':'SECRET'}]}} |",
                "typed-keys   | {'execute':'input-send-event','arguments':{'events':[{'data':'SECRET'}]}} |",
                "typed-keys   | {'execute':'human-monitor-command','arguments':{'command-line':'sendkey SECRET'}} |",
                "ring-buffers | {'execute':'ringbuf-write','arguments':{'device':'r','data':'SECRET'}} |",
                "ring-buffers | {'execute':'ringbuf-read','arguments':{'device':'r'}} | {'return':'SECRET'}",
                "memory       | {'execute':'human-monitor-command','arguments':{'command-line':'xp /8x 0'}} | {'return':'SECRET'}",
                "memory       | {'execute':'human-monitor-command','arguments':{'command-line':'info registers'}} | {'return':'SECRET'}",
                "attestation  | {'execute':'query-sev-launch-measure'} | {'return':{'data':'SECRET'}}",
                "personal     | {'execute':'query-vnc'} | {'return':{'clients':[{'sasl_username':'SECRET'}]}}",
                "personal     | | {'event':'VNC_CONNECTED','data':{'client':{'host':'SECRET'}},'timestamp':{}}",
            })
    void masksAGroupWhenAskedForIt(String group, String command, String answer) {
        assertThat(heard(Redaction.with(key), command, answer)).contains(Listening.SECRET);
        assertThat(heard(new Redaction(MaskRules.usual().withGroups(List.of(group)), key), command, answer))
                .doesNotContain(Listening.SECRET)
                .contains("[masked:");
    }

    @Test
    void namesTheGroupsThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskRules.usual().withGroups(List.of("everything")))
                .withMessageContainingAll("everything", "typed-keys", "memory", "personal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x-login                       | write COMMAND PATH",
                "x-login pin                   | a path begins with arguments, return",
                "x-login arguments.pin as what | there is no 'as what', but as whole, url",
                "x-login arguments.pin so what | 'so' is none of as, if, unless",
                "x-login arguments.pin if a    | 'a' is no condition: write PLACE=PATTERN",
                "x-login arguments.pin if      | 'if' stands at the end",
                "x-login arguments.<pin>       | '<pin>' is not defined",
                "x-login arguments..pin        | has an empty alternative",
                "x-login arguments.**.**       | says ** twice",
            })
    void tellsWhereARuleIsWrongAndWhatToWrite(String rule, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskRules.usual().withRules("my.rules", List.of("# mine", "", rule)))
                .withMessageStartingWith("my.rules:3: ")
                .withMessageContaining(words);
    }

    @Test
    void masksNothingWithoutRules() {
        Listening listening = new Listening(Redaction.none());

        var redacted = listening.client("{'execute':'set_password','arguments':{'password':'SECRET'}}");

        assertThat(redacted.masked()).isEmpty();
        assertThat(Listening.text(redacted)).contains(Listening.SECRET);
    }

    @Test
    void keepsNothingOfADroppedSecret() {
        Listening listening = new Listening(new Redaction(MaskRules.usual(), StandIns.dropped()));

        var one = listening.client("{'execute':'set_password','arguments':{'password':'SECRET'}}");
        var other = listening.client("{'execute':'set_password','arguments':{'password':'another'}}");

        assertThat(one.frame().bytes()).isEqualTo(other.frame().bytes());
        assertThat(Listening.text(one)).contains("'password':'[masked]'".replace('\'', '"'));
    }

    private Redaction with(String rule) {
        return new Redaction(MaskRules.usual().withRules("a test", List.of(rule)), key);
    }

    private static String heard(Redaction redaction, @Nullable String command, @Nullable String answer) {
        Listening listening = new Listening(redaction);
        String asked = command == null ? "" : Listening.text(listening.client(command));
        return answer == null ? asked : asked + Listening.text(listening.server(answer));
    }
}
