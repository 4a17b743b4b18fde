package io.qmptape.analyzer.diff;

import io.qmptape.conversation.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lines the exchanges of two sessions up.
 *
 * <p>Two ways are tried, and the one that leaves less to show wins. By content first: what is equal in every member that
 * counts is matched, then what has the same signature in the gaps, then the same name. By signature first: better where
 * nearly every reply differs, as with polled counters, because chance matches of content would pull steps out of line.
 */
final class Alignment {
    private static final int NONE = -1;

    private final List<Exchange> a;
    private final List<Exchange> b;
    private final StandInView view;
    private long unknown;

    Alignment(List<Exchange> a, List<Exchange> b, StandInView view) {
        this.a = a;
        this.b = b;
        this.view = view;
    }

    SessionDiff diff() {
        Map<String, Integer> numbers = new HashMap<>();
        Steps stepsA = new Steps(a, view, numbers);
        Steps stepsB = new Steps(b, view, numbers);
        int[] bySignature = partners(stepsA, stepsB, List.of(Steps::signatures, Steps::names));
        int[] byContent = partners(stepsA, stepsB, List.of(Steps::contents, Steps::signatures, Steps::names));
        boolean isContentBetter = left(byContent, stepsA, stepsB) < left(bySignature, stepsA, stepsB);
        List<DiffRow> rows = rows(isContentBetter ? byContent : bySignature);
        return new SessionDiff(rows, unknown);
    }

    private int[] partners(Steps stepsA, Steps stepsB, List<Function<Steps, int[]>> views) {
        int[] partners = new int[a.size()];
        Arrays.fill(partners, NONE);
        for (Function<Steps, int[]> view : views) {
            refine(partners, view.apply(stepsA), view.apply(stepsB));
        }
        return partners;
    }

    /** Finds partners in the gaps between those found before. */
    private void refine(int[] partners, int[] numbersA, int[] numbersB) {
        int gapA = 0;
        int gapB = 0;
        for (int at = 0; at <= numbersA.length; at++) {
            int partner = at == numbersA.length ? numbersB.length : partners[at];
            if (partner != NONE) {
                int[] found = Aligner.partners(
                        Arrays.copyOfRange(numbersA, gapA, at), Arrays.copyOfRange(numbersB, gapB, partner));
                for (int i = 0; i < found.length; i++) {
                    partners[gapA + i] = found[i] == NONE ? NONE : gapB + found[i];
                }
                gapA = at + 1;
                gapB = partner + 1;
            }
        }
    }

    /** How many rows would not be the same. */
    private long left(int[] partners, Steps stepsA, Steps stepsB) {
        long pairs = Arrays.stream(partners).filter(partner -> partner != NONE).count();
        long same = 0;
        for (int i = 0; i < partners.length; i++) {
            boolean isSame = partners[i] != NONE && stepsA.contents()[i] == stepsB.contents()[partners[i]];
            same += isSame ? 1 : 0;
        }
        return a.size() + b.size() - pairs - same;
    }

    private List<DiffRow> rows(int[] partners) {
        List<DiffRow> rows = new ArrayList<>();
        int atB = 0;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] == NONE) {
                rows.add(new DiffRow.OnlyA(a.get(i)));
            } else {
                b.subList(atB, partners[i]).forEach(only -> rows.add(new DiffRow.OnlyB(only)));
                rows.add(pair(a.get(i), b.get(partners[i])));
                atB = partners[i] + 1;
            }
        }
        b.subList(atB, b.size()).forEach(only -> rows.add(new DiffRow.OnlyB(only)));
        return rows;
    }

    private DiffRow pair(Exchange one, Exchange other) {
        MemberDiff diff = MemberDiff.of(one, other, view);
        unknown += diff.unknown();
        List<MemberChange> changes = diff.changes();
        return changes.isEmpty() ? new DiffRow.Same(one, other) : new DiffRow.Changed(one, other, changes);
    }
}
