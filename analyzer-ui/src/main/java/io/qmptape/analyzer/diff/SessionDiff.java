package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.util.List;

/** Compares the commands of two sessions. */
public record SessionDiff(List<DiffRow> rows) {
    public SessionDiff {
        rows = List.copyOf(rows);
    }

    /** @param a exchanges of the one session, in the order of their commands */
    public static SessionDiff of(List<Exchange> a, List<Exchange> b) {
        return new Alignment(a, b).diff();
    }

    public boolean isSame() {
        return rows.stream().allMatch(DiffRow.Same.class::isInstance);
    }
}
