package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import io.qmptape.store.RecordedSession;
import java.util.List;

/**
 * Compares the commands of two sessions and what they were answered. Ids, latencies and times do not count, nor does what
 * differs between any two runs of one script: thread and descriptor numbers, node names that QEMU made up, counters.
 * Takes a few seconds for sessions of 40,000 commands. Pure.
 *
 * @param unknown masked values of which nobody can tell whether they are the same; they count as no change
 */
public record SessionDiff(List<DiffRow> rows, long unknown) {
    public SessionDiff {
        rows = List.copyOf(rows);
    }

    /** Where the sessions were not masked under one key, their stand-ins are no difference, and counted. */
    public static SessionDiff between(RecordedSession a, RecordedSession b) {
        boolean isOneKey = a.opened().hasStandInsLike(b.opened());
        StandInView view = isOneKey ? StandInView.COMPARABLE : StandInView.UNKNOWN;
        return new Alignment(Exchange.of(a.frames()), Exchange.of(b.frames()), view).diff();
    }

    /**
     * Compares stand-ins as they stand.
     *
     * @param a exchanges of the one session, in the order of their commands
     * @return rows in the order of both; where one side has steps between two common ones, those of {@code a} come first
     */
    public static SessionDiff of(List<Exchange> a, List<Exchange> b) {
        return new Alignment(a, b, StandInView.COMPARABLE).diff();
    }

    public boolean isSame() {
        return rows.stream().allMatch(DiffRow.Same.class::isInstance);
    }
}
