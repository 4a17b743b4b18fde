package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Sessions;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masking in frames that were masked before. */
final class RecordedBeforeTest {
    private static final String COMMAND =
            "{'execute':'set_password','arguments':{'protocol':'vnc','password':'SECRET'},'id':{'token':'SECRET'}}";

    private final RedactionKey older = RedactionKey.random();
    private final RedactionKey newer = RedactionKey.random();

    @Test
    void neverMasksAStandIn() {
        Redacted once = new Listening(Redaction.with(older)).client(COMMAND);

        Redacted twice = again(once, Redaction.with(newer));

        assertThat(twice.frame()).isEqualTo(once.frame());
        assertThat(twice.masked()).isEqualTo(once.masked());
    }

    @Test
    void masksWhatOnlyLooksLikeAStandIn() {
        Redacted forged = new Listening(Redaction.with(newer))
                .client("{'execute':'set_password','arguments':{'password':'[masked:0123456789abcdef]'}}");

        assertThat(Listening.text(forged)).doesNotContain("0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-first", "x-last"})
    void keepsSpansAndMarksOfOldAndNewMasksRight(String addedMember) {
        Redacted once = new Listening(Redaction.with(older))
                .client(
                        "{'execute':'x','arguments':{'x-first':'1','password':'SECRET','x-last':'a much longer value'}}");
        Bytes before = once.frame().bytes();
        Frame marked = new Frame(
                1,
                Direction.CLIENT_TO_SERVER,
                FrameKind.MESSAGE,
                before,
                List.of(Mark.at(0, 1), Mark.at(before.length() - 1, 2)));
        MaskRules more = MaskRules.usual().withRules("a test", List.of("x arguments." + addedMember));

        Redacted twice = new Redactor(new Redaction(more, newer))
                .redact(marked, Message.of(marked), Optional.empty(), once.masked());

        Bytes after = twice.frame().bytes();
        assertThat(twice.masked()).hasSize(2).extracting(Masked::path).contains("$.arguments.password");
        assertThat(twice.masked())
                .allSatisfy(mask -> assertThat(after.slice(mask.span()).text())
                        .startsWith("\"[masked:")
                        .endsWith("]\""));
        assertThat(after.text()).contains(older.standIn(Listening.SECRET));
        assertThat(twice.frame().marks()).containsExactly(Mark.at(0, 1), Mark.at(after.length() - 1, 2));
    }

    @Test
    void masksAsAWholeWhatHoldsAStandInAndASecret() {
        Redacted once = new Listening(Redaction.with(older))
                .client("{'execute':'x','arguments':{'box':{'password':'SECRET','pin':'1234'}}}");
        MaskRules more = MaskRules.usual().withRules("a test", List.of("x arguments.box"));

        Redacted twice = again(once, new Redaction(more, newer));

        assertThat(twice.masked()).singleElement().satisfies(mask -> {
            assertThat(mask.path()).isEqualTo("$.arguments.box");
            assertThat(mask.type()).isEqualTo("object");
        });
        assertThat(Listening.text(twice)).doesNotContain("1234");
    }

    @Test
    void leavesTheStandInOfAPasswordInAUrl() {
        Redacted once = new Listening(Redaction.with(older))
                .client("{'execute':'x','arguments':{'url':'https://u:SECRET@host/x'}}");

        assertThat(again(once, Redaction.with(newer)).frame()).isEqualTo(once.frame());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameOnceAndTwice(long seed) {
        RecordedSession recorded = random(seed);

        RecordedSession once = SessionRedaction.of(recorded, Redaction.with(older));
        RecordedSession twice = SessionRedaction.of(once, Redaction.with(older));

        assertThat(twice).as("seed %d", seed).isEqualTo(once);
    }

    @Test
    void masksASessionThatWasRecordedInClear() {
        RecordedSession clear = session(Opened.UNMASKED, new Listening(Redaction.none()).client(COMMAND));

        RecordedSession masked = SessionRedaction.of(clear, Redaction.with(newer));

        assertThat(masked.opened().key()).isEqualTo(newer.fingerprint());
        assertThat(masked.frames().get(0).masked()).hasSize(2);
        assertThat(masked.frames().get(0).frame().bytes().text()).doesNotContain(Listening.SECRET);
    }

    @Test
    void saysWhereStandInsOfTwoKeysAreMixed() {
        RecordedSession before = session(older.fingerprint(), new Listening(Redaction.with(older)).client(COMMAND));

        RecordedSession after = SessionRedaction.of(before, Redaction.with(newer));

        assertThat(after.opened().key()).isEqualTo(Opened.MIXED);
        assertThat(after.opened().hasStandInsLike(after.opened())).isFalse();
    }

    private static Redacted again(Redacted once, Redaction redaction) {
        Frame frame = once.frame();
        return new Redactor(redaction).redact(frame, Message.of(frame), Optional.empty(), once.masked());
    }

    private static RecordedSession session(String key, Redacted redacted) {
        Opened opened = random(1).opened().withKey(key);
        Frame frame = redacted.frame();
        List<SessionRecord> records = new ArrayList<>(List.of(opened));
        records.add(
                new FrameRecorded(opened.session(), frame, Message.of(frame).kind(), redacted.masked(), "", List.of()));
        return new RecordedSession(opened, records);
    }

    private static RecordedSession random(long seed) {
        return RecordedSession.load(Sessions.random(new Random(seed))::forEach);
    }
}
