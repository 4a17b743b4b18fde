package io.qmptape.analyzer.diff;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds a longest common subsequence of two runs of numbers. Equal ends are matched first and numbers that only one side
 * has are set aside, so that the search itself costs little where the two are alike. Two long runs that have hardly
 * anything in common in the same order are aligned piece by piece instead, which is quick and may miss matches.
 */
final class Aligner {
    /** Comparisons after which two runs count as hopeless; about two seconds. */
    private static final long BUDGET = 150_000_000;

    private static final int PIECE = 1_000;
    private static final int NONE = -1;

    private final int[] a;
    private final int[] b;
    private final int[] partners;

    private Aligner(int[] a, int[] b) {
        this.a = a;
        this.b = b;
        this.partners = new int[a.length];
    }

    /** For each number of {@code a} the place of its match in {@code b}, growing from match to match; -1 where it has none. */
    static int[] partners(int[] a, int[] b) {
        Aligner aligner = new Aligner(a, b);
        aligner.align();
        return aligner.partners;
    }

    private void align() {
        Arrays.fill(partners, NONE);
        int shorter = Math.min(a.length, b.length);
        int head = 0;
        while (head < shorter && a[head] == b[head]) {
            partners[head] = head++;
        }
        int tail = 0;
        while (tail < shorter - head && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
            tail++;
            partners[a.length - tail] = b.length - tail;
        }
        int[] placesA = placesOfShared(a, b, head, tail);
        int[] placesB = placesOfShared(b, a, head, tail);
        if (placesA.length > 0 && placesB.length > 0) {
            align(placesA, placesB);
        }
    }

    private void align(int[] placesA, int[] placesB) {
        try {
            match(placesA, placesB, new Budget(BUDGET));
        } catch (BudgetSpent hopeless) {
            int pieces = (Math.max(placesA.length, placesB.length) + PIECE - 1) / PIECE;
            for (int piece = 0; piece < pieces; piece++) {
                match(part(placesA, piece, pieces), part(placesB, piece, pieces), new Budget(Long.MAX_VALUE));
            }
        }
    }

    private void match(int[] placesA, int[] placesB, Budget budget) {
        List<Integer> valuesA =
                Arrays.stream(placesA).mapToObj(place -> a[place]).toList();
        List<Integer> valuesB =
                Arrays.stream(placesB).mapToObj(place -> b[place]).toList();
        int atA = 0;
        int atB = 0;
        for (Change change : new MyersDiffWithLinearSpace<Integer>(budget::same).computeDiff(valuesA, valuesB, null)) {
            while (atA < change.startOriginal) {
                partners[placesA[atA++]] = placesB[atB++];
            }
            atA = change.endOriginal;
            atB = change.endRevised;
        }
        while (atA < placesA.length) {
            partners[placesA[atA++]] = placesB[atB++];
        }
    }

    private static int[] part(int[] places, int piece, int pieces) {
        int from = (int) ((long) places.length * piece / pieces);
        int to = (int) ((long) places.length * (piece + 1) / pieces);
        return Arrays.copyOfRange(places, from, to);
    }

    /** Places in the middle of {@code one} whose numbers occur in the middle of {@code other} too. */
    private static int[] placesOfShared(int[] one, int[] other, int head, int tail) {
        int[] sorted = Arrays.stream(other, head, other.length - tail).sorted().toArray();
        IntPredicate isShared = place -> Arrays.binarySearch(sorted, one[place]) >= 0;
        return IntStream.range(head, one.length - tail).filter(isShared).toArray();
    }

    private static final class Budget {
        private long left;

        Budget(long comparisons) {
            left = comparisons;
        }

        boolean same(Integer one, Integer other) {
            if (--left < 0) {
                throw new BudgetSpent();
            }
            return one.intValue() == other.intValue();
        }
    }

    /** The library offers no other way out of a search. */
    private static final class BudgetSpent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetSpent() {
            super("too many comparisons", null, false, false);
        }
    }
}
