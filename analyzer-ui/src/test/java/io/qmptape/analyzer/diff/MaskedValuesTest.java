package io.qmptape.analyzer.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.query.Frames;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.store.redaction.SessionRedaction;
import io.qmptape.store.redaction.StandIns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions whose secrets were masked: what a comparison can tell, and what nobody can. */
class MaskedValuesTest {
    private static final String PASSWORD = "{'password':'%s'}";

    private final Redaction one = Redaction.with(RedactionKey.random());
    private final Redaction other = Redaction.with(RedactionKey.random());

    @Test
    void underOneKeyEqualSecretsAreTheSameAndOthersAChange() {
        assertThat(diff(one, "{'password':'a'}", one, "{'password':'a'}").isSame())
                .isTrue();

        SessionDiff changed = diff(one, "{'password':'a'}", one, "{'password':'b'}");

        assertThat(changed.isSame()).isFalse();
        assertThat(changed.unknown()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'password':'a'}                | {'password':'b'}",
                "{'password':1}                  | {'password':2}",
                "{'url':'https://u:a@host/x'}    | {'url':'https://u:b@host/x'}",
                "{'x':[{'password':'a'}]}        | {'x':[{'password':'b'}]}",
            })
    void underTwoKeysTheyAreUnknownAndCounted(String a, String b) {
        SessionDiff diff = diff(one, a, other, b);

        assertThat(diff.isSame()).isTrue();
        assertThat(diff.unknown()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'password':'a'}             | {'password':1}",
                "{'password':'a'}             | {}",
                "{'url':'https://u:a@host/x'} | {'url':'https://u:a@other/x'}",
                "{'password':'a','x':1}       | {'password':'a','x':2}",
            })
    void whatCanBeToldUnderTwoKeysIsAChange(String a, String b) {
        assertThat(diff(one, a, other, b).isSame()).isFalse();
    }

    @Test
    void droppedSecretsAreUnknownToEachOther() {
        Redaction dropped = new Redaction(MaskRules.usual(), StandIns.dropped());

        SessionDiff diff = diff(dropped, PASSWORD.formatted("a"), dropped, PASSWORD.formatted("b"));

        assertThat(diff.isSame()).isTrue();
        assertThat(diff.unknown()).isEqualTo(1);
    }

    @Test
    void aSecretInClearIsUnknownToAStandIn() {
        SessionDiff diff = diff(one, PASSWORD.formatted("a"), Redaction.none(), PASSWORD.formatted("b"));

        assertThat(diff.isSame()).isTrue();
        assertThat(diff.unknown()).isEqualTo(1);
    }

    private static SessionDiff diff(Redaction redactionA, String a, Redaction redactionB, String b) {
        return SessionDiff.between(session(redactionA, a), session(redactionB, b));
    }

    private static RecordedSession session(Redaction redaction, String arguments) {
        Frames frames = Frames.ofMachine("m")
                .client("{'execute':'x','arguments':" + arguments + "}")
                .server("{\"return\": {}}");
        List<SessionRecord> records = new ArrayList<>(List.of(frames.opened()));
        records.addAll(frames.frames());
        return SessionRedaction.of(new RecordedSession(frames.opened(), records), redaction);
    }
}
