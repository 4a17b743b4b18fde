package io.qmptape.analyzer.web;

import io.qmptape.analyzer.diff.DiffRow;
import java.util.ArrayList;
import java.util.List;

/** Which rows of a comparison are worth seeing: those that differ, with some equal ones around them. */
final class Folding {
    private Folding() {}

    /** A run of rows, {@code from} inclusive to {@code to} exclusive, that is shown or folded as a whole. */
    record Run(int from, int to, boolean isFolded) {
        int count() {
            return to - from;
        }
    }

    static List<Run> of(List<DiffRow> rows) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            boolean isHidden = isHidden(rows, from);
            int to = from + 1;
            while (to < rows.size() && isHidden(rows, to) == isHidden) {
                to++;
            }
            // One hidden row would take the place of the line that tells of it.
            runs.add(new Run(from, to, isHidden && to - from > 1));
            from = to;
        }
        return runs;
    }

    private static boolean isHidden(List<DiffRow> rows, int at) {
        int from = Math.max(0, at - Limits.CONTEXT_ROWS);
        int to = Math.min(rows.size(), at + Limits.CONTEXT_ROWS + 1);
        return rows.subList(from, to).stream().allMatch(DiffRow.Same.class::isInstance);
    }
}
