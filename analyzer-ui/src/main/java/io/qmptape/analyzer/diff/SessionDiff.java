package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.util.List;

/**
 * Compares the commands of two sessions and what they were answered. Ids, latencies and times do not count, nor does what
 * differs between any two runs of one script: thread and descriptor numbers, node names that QEMU made up, counters.
 * Takes a few seconds for sessions of 40,000 commands. Pure.
 */
public record SessionDiff(List<DiffRow> rows) {
    public SessionDiff {
        rows = List.copyOf(rows);
    }

    /**
     * @param a exchanges of the one session, in the order of their commands
     * @return rows in the order of both; where one side has steps between two common ones, those of {@code a} come first
     */
    public static SessionDiff of(List<Exchange> a, List<Exchange> b) {
        return new Alignment(a, b).diff();
    }

    public boolean isSame() {
        return rows.stream().allMatch(DiffRow.Same.class::isInstance);
    }
}
