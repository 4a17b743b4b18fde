package io.qmptape.conversation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns that follow each other and told nothing new: a fold that may still grow. One thread. */
final class PollRun {
    static final int MAX_QUESTIONS = 8;
    private static final int MIN_POLLS = 3;

    private final Map<String, PollTally> tallies = new LinkedHashMap<>();
    private final Turn first;
    private Turn last;
    private long records;

    /** @param turns those that {@link #start} chose */
    PollRun(List<Turn> turns) {
        first = turns.get(0);
        last = first;
        turns.forEach(this::add);
    }

    /**
     * Where the longest run begins that ends with the last turn: it asks nothing only once, for a single answer among
     * many polls of others would be missed.
     *
     * @return the size of {@code turns} if none does
     */
    static int start(List<Turn> turns) {
        Map<String, Integer> asked = new HashMap<>();
        int start = turns.size();
        int polls = 0;
        int singles = 0;
        for (int i = turns.size() - 1; i >= 0 && asked.size() <= MAX_QUESTIONS; i--) {
            for (Poll poll : turns.get(i).polls()) {
                int times = asked.merge(poll.question(), 1, Integer::sum);
                singles += times == 1 ? 1 : times == 2 ? -1 : 0;
                polls++;
            }
            if (singles == 0 && polls >= MIN_POLLS && asked.size() <= MAX_QUESTIONS) {
                start = i;
            }
        }
        return start;
    }

    /** Whether these turns only repeat: each question was asked before, or is asked twice in them. */
    boolean isContinuedBy(Collection<Turn> turns) {
        Map<String, Integer> fresh = new HashMap<>();
        turns.stream()
                .flatMap(turn -> turn.polls().stream())
                .filter(poll -> !tallies.containsKey(poll.question()))
                .forEach(poll -> fresh.merge(poll.question(), 1, Integer::sum));
        return tallies.size() + fresh.size() <= MAX_QUESTIONS
                && fresh.values().stream().allMatch(times -> times > 1);
    }

    void add(Turn turn) {
        turn.polls()
                .forEach(poll -> tallies.computeIfAbsent(poll.question(), question -> new PollTally(poll))
                        .add(poll));
        records += turn.records().size();
        last = turn;
    }

    PollFold fold() {
        return new PollFold(
                first.first().sequence(),
                last.last().sequence(),
                records,
                first.first().atNanos(),
                last.last().atNanos(),
                tallies.values().stream().map(PollTally::polls).toList());
    }
}
