package io.qmptape.analyzer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.analyzer.web.FoldedSession.Stretch;
import io.qmptape.conversation.FoldedRow;
import io.qmptape.conversation.PollFold;
import io.qmptape.conversation.PollFolding;
import io.qmptape.conversation.PolledSession;
import io.qmptape.store.SessionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldedSessionTest {
    @Test
    void growsItsLastFoldWhileTheSessionRuns() {
        PolledSession session = new PolledSession().server("{\"QMP\": {}}");
        FoldedSession folded = folded(polls(session, 100));

        assertThat(shape(folded.stretches(21))).containsExactly("1-1", "fold 2-21");
        assertThat(shape(folded.stretches(102))).containsExactly("1-1", "fold 2-101", "102-102");
        assertThat(shape(folded.stretches(201))).containsExactly("1-1", "fold 2-201");
    }

    @Test
    void beginsWhereTheTapeDoes() {
        PolledSession session =
                polls(new PolledSession().lost(4999), 10).lost(50).server("{\"event\": \"STOP\"}");

        assertThat(shape(folded(session).stretches(21))).containsExactly("fold 5000-5019", "5070-5070");
    }

    @Test
    void readsALongSessionInPieces() {
        FoldedSession folded = new FoldedSession(feed(polls(new PolledSession(), 100)), 100);

        assertThat(shape(folded.stretches(200))).containsExactly("fold 1-100");
        assertThat(shape(folded.stretches(200))).containsExactly("fold 1-200");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void listsEveryMessageOnceWhereverItIsCut(long seed) {
        Random random = new Random(seed);
        PolledSession session = new PolledSession();
        while (session.records().size() < 400) {
            polls(session, random.nextInt(20)).server("{\"event\": \"STOP\"}").lost(random.nextInt(3));
        }
        List<Long> sequences = session.records().stream()
                .filter(SessionRecord.FrameRecorded.class::isInstance)
                .map(frame -> ((SessionRecord.FrameRecorded) frame).sequence())
                .toList();
        FoldedSession folded = folded(session);

        for (long known = 1; known <= sequences.size(); known += 1 + random.nextInt(30)) {
            List<Stretch> stretches = folded.stretches(known);
            FoldedRows closed = new FoldedRows(stretches, known, Set.of());
            Set<Long> all = Set.copyOf(stretches.stream().map(Stretch::first).toList());
            FoldedRows open = new FoldedRows(stretches, known, all);

            assertThat(closed.total()).isLessThanOrEqualTo(known);
            assertThat(pieces(open, random).stream()
                            .filter(place -> place.fold().isEmpty())
                            .map(FoldedRows.Place::sequence))
                    .isEqualTo(sequences.subList(0, (int) known));
        }
    }

    @Test
    void foldsAsTheCommandLineDoes() {
        PolledSession session = polls(polls(new PolledSession(), 30).server("{\"event\": \"STOP\"}"), 4);
        List<String> folds = new ArrayList<>();
        PollFolding folding = new PollFolding(row -> {
            if (row instanceof PollFold fold) {
                folds.add("fold " + fold.first() + "-" + fold.last());
            } else if (((FoldedRow.Plain) row).record() instanceof SessionRecord.FrameRecorded frame) {
                folds.add(frame.sequence() + "-" + frame.sequence());
            }
        });
        session.records().forEach(folding::accept);
        folding.end();

        assertThat(shape(folded(session).stretches(69))).isEqualTo(folds);
    }

    private static FoldedSession folded(PolledSession session) {
        return new FoldedSession(feed(session), Long.MAX_VALUE);
    }

    private static List<FoldedRows.Place> pieces(FoldedRows rows, Random random) {
        List<FoldedRows.Place> all = new ArrayList<>();
        while (all.size() < rows.total()) {
            all.addAll(rows.piece(all.size(), 1 + random.nextInt(20)));
        }
        return all;
    }

    private static List<String> shape(List<Stretch> stretches) {
        return stretches.stream()
                .map(one -> (one.fold().isPresent() ? "fold " : "") + one.first() + "-" + one.last())
                .toList();
    }

    private static PolledSession polls(PolledSession session, int count) {
        LongStream.range(0, count)
                .forEach(i -> session.after(Duration.ofMillis(100)).poll("query-jobs", "[" + i + "]"));
        return session;
    }

    private static SessionFeed feed(PolledSession session) {
        Iterator<SessionRecord> records = session.records().iterator();
        return sink -> {
            boolean takesMore = true;
            while (takesMore && records.hasNext()) {
                takesMore = sink.test(records.next());
            }
        };
    }
}
