package io.qmptape.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.conversation.FoldedRow;
import io.qmptape.conversation.Moved;
import io.qmptape.conversation.PollFold;
import io.qmptape.conversation.PollFold.Polls;
import io.qmptape.conversation.PollFolding;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that waits for block jobs, and clients that do not poll. */
final class PollsInRealSessionsTest {
    @Test
    void leavesOfABlockJobWhatHappened() {
        List<FrameRecorded> frames = Recordings.frames("c-blockjobs-1");

        List<FoldedRow> rows = rows(frames);
        List<PollFold> folds = folds(rows);

        assertThat(rows.size()).isLessThan(frames.size() * 2 / 3);
        assertThat(folds)
                .flatExtracting(PollFold::polls)
                .extracting(Polls::command)
                .containsOnly("query-jobs", "query-block-jobs");
        assertThat(folds)
                .flatExtracting(PollFold::polls)
                .flatExtracting(Polls::moved)
                .extracting(Moved::path)
                .contains("$.return[0].offset", "$.return[0].current-progress");
        assertThat(kinds(frames.stream()
                        .filter(frame -> folds.stream().anyMatch(fold -> isIn(frame, fold)))
                        .toList()))
                .isSubsetOf(MessageKind.COMMAND, MessageKind.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e-pretty-1", "f-qga-1", "i-qmp-shell-1", "i-qmp-shell-3", "i-qmp-shell-8"})
    void foldsNothingWhereNobodyPolls(String name) {
        List<FrameRecorded> frames = Recordings.frames(name);

        assertThat(rows(frames))
                .isEqualTo(frames.stream().map(FoldedRow.Plain::new).toList());
    }

    private static List<FoldedRow> rows(List<FrameRecorded> frames) {
        List<FoldedRow> rows = new ArrayList<>();
        PollFolding folding = new PollFolding(rows::add);
        frames.forEach(folding::accept);
        folding.end();
        return rows;
    }

    private static List<PollFold> folds(List<FoldedRow> rows) {
        return rows.stream()
                .filter(PollFold.class::isInstance)
                .map(PollFold.class::cast)
                .toList();
    }

    private static List<MessageKind> kinds(List<FrameRecorded> frames) {
        return frames.stream().map(FrameRecorded::message).distinct().toList();
    }

    private static boolean isIn(FrameRecorded frame, PollFold fold) {
        return frame.sequence() >= fold.first() && frame.sequence() <= fold.last();
    }
}
