package io.qmptape.analyzer.web;

import io.qmptape.conversation.PollFold;
import io.qmptape.conversation.PollFold.Polls;
import java.util.List;

/**
 * A run of polls as the page shows it.
 *
 * @param first number of its first message
 * @param messages how many it stands for
 * @param lastedNanos from the first question to the last answer
 * @param isOpen whether the rows that follow are what it stands for
 * @param hints what the validator said of the polls, each thing once
 */
record FoldView(
        long first,
        long last,
        long count,
        long messages,
        long lastedNanos,
        boolean isOpen,
        int hints,
        List<Polls> polls) {
    static FoldView of(PollFold fold, boolean isOpen) {
        return new FoldView(
                fold.first(),
                fold.last(),
                fold.count(),
                fold.frames(),
                fold.endedAtNanos() - fold.beganAtNanos(),
                isOpen,
                fold.polls().stream().mapToInt(polls -> polls.hints().size()).sum(),
                fold.polls());
    }
}
