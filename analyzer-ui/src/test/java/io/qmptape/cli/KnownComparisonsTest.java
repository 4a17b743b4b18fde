package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.SummaryScan;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownComparisonsTest {
    private final List<String> made = new ArrayList<>();
    private final SummaryScan tape = new SummaryScan();
    private final KnownComparisons comparisons = new KnownComparisons(this::summary, this::compare);
    private List<SessionId> ids = List.of();

    @BeforeEach
    void readASession() throws IOException {
        RecordedSession session = TranscriptReader.read("bundled", Bytes.lend(Bundled.bytes()));
        session.records().stream().limit(5).forEach(record -> tape.add(record, 0));
        ids = Stream.generate(SessionId::random).limit(6).toList();
    }

    @Test
    void oneComparisonIsMadeOnce() {
        SessionDiff first = comparisons.compare(ids.get(0), ids.get(1));

        assertThat(comparisons.compare(ids.get(0), ids.get(1))).isSameAs(first);
        assertThat(made).hasSize(1);
    }

    @Test
    void theOtherWayRoundIsAnotherComparison() {
        comparisons.compare(ids.get(0), ids.get(1));
        comparisons.compare(ids.get(1), ids.get(0));

        assertThat(made).hasSize(2);
    }

    @Test
    void aSessionThatHasGrownIsComparedAnew() throws IOException {
        comparisons.compare(ids.get(0), ids.get(1));
        RecordedSession session = TranscriptReader.read("bundled", Bytes.lend(Bundled.bytes()));
        session.records().stream().skip(5).limit(1).forEach(record -> tape.add(record, 0));

        comparisons.compare(ids.get(0), ids.get(1));

        assertThat(made).hasSize(2);
    }

    @Test
    void theOldestIsForgotten() {
        for (int other = 1; other <= 5; other++) {
            comparisons.compare(ids.get(0), ids.get(other));
        }
        comparisons.compare(ids.get(0), ids.get(5));
        assertThat(made).hasSize(5);

        comparisons.compare(ids.get(0), ids.get(1));

        assertThat(made).hasSize(6);
    }

    private Optional<SessionSummary> summary(SessionId id) {
        return Optional.of(tape.summaries().get(0));
    }

    private SessionDiff compare(SessionId a, SessionId b) {
        made.add(a + " " + b);
        return SessionDiff.of(List.of(), List.of());
    }
}
