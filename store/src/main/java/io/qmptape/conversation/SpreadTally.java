package io.qmptape.conversation;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts durations into steps of 3 %, so that any number of them takes little memory. One thread. */
final class SpreadTally {
    private static final int STEP_BITS = 5;

    private final NavigableMap<Integer, Step> steps = new TreeMap<>();
    private long least = Long.MAX_VALUE;
    private long most;
    private long count;

    /** A duration below nothing, from clocks that disagree, counts as none. */
    void add(long nanos) {
        long value = Math.max(0, nanos);
        steps.computeIfAbsent(step(value), step -> new Step(value)).count++;
        least = Math.min(least, value);
        most = Math.max(most, value);
        count++;
    }

    Spread spread() {
        return count == 0 ? new Spread(0, 0, 0) : new Spread(least, median(), most);
    }

    private long median() {
        long below = 0;
        for (Step step : steps.values()) {
            below += step.count;
            if (below * 2 >= count) {
                return step.sample;
            }
        }
        return most;
    }

    /** Small values have a step each; after that, each doubling has {@code 1 << STEP_BITS} of them. */
    private static int step(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - STEP_BITS);
        return (shift << STEP_BITS) + (int) (value >>> shift);
    }

    private static final class Step {
        private final long sample;
        private long count;

        Step(long sample) {
            this.sample = sample;
        }
    }
}
