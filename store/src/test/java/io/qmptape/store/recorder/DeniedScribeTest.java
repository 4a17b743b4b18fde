package io.qmptape.store.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a policy denied is recorded as denied. */
final class DeniedScribeTest {
    private static final String STOP = "{\"execute\":\"stop\"}";

    private final SessionId session = SessionId.random();
    private final List<SessionRecord> records = new ArrayList<>();
    private final SessionScribe scribe = new SessionScribe(
            session, Judging.none(), new Redactor(Redaction.none()), (record, behind) -> records.add(record));

    @Test
    void isAFindingOfTheMessageThatEndsThere() {
        scribe.read(sent(STOP + "\n" + STOP.substring(0, 5)));
        scribe.denied(denied(2L * STOP.length() + 1));
        assertThat(scribe.reached().items()).as("safe only with the message").isZero();
        scribe.read(sent(STOP.substring(5) + STOP));

        assertThat(findings(0)).isEmpty();
        assertThat(findings(1)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("policy/denied");
            assertThat(finding.text()).contains("no stop");
        });
        assertThat(findings(2)).isEmpty();
    }

    @Test
    void doesNotMatterWhereTheMessageIsMissing() {
        scribe.denied(denied(5));
        scribe.lost(new Traffic.Lost(session, Direction.CLIENT_TO_SERVER, 0, 20, 0, 0), "queue full");
        scribe.denied(denied(20));

        assertThat(scribe.reached().items()).as("a safe place").isEqualTo(2);
    }

    private List<Finding> findings(int record) {
        return ((FrameRecorded) records.get(record)).findings();
    }

    private Traffic.Denied denied(long end) {
        return new Traffic.Denied(session, 1, end, "no stop");
    }

    private Traffic.Read sent(String text) {
        return new Traffic.Read(session, Direction.CLIENT_TO_SERVER, 1, Bytes.utf8(text), List.of());
    }
}
