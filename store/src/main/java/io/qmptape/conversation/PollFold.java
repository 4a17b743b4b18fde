package io.qmptape.conversation;

import io.qmptape.catalog.Finding;
import java.util.List;

/**
 * A run of polls that told nothing new. It stands for all records from its first to its last one without a hole: the
 * frames {@code first} to {@code last}, and routine readings of the clocks between them.
 *
 * @param records how many it stands for
 * @param beganAtNanos when the first poll was asked
 * @param endedAtNanos when the last one was answered
 * @param polls by what was asked, in the order in which it was asked first
 */
public record PollFold(long first, long last, long records, long beganAtNanos, long endedAtNanos, List<Polls> polls)
        implements FoldedRow {
    public PollFold {
        polls = List.copyOf(polls);
    }

    /** How many polls it stands for. */
    public long count() {
        return polls.stream().mapToLong(Polls::count).sum();
    }

    /** How many frames it stands for. */
    public long frames() {
        return last - first + 1;
    }

    /**
     * All polls of a fold that asked the same.
     *
     * @param arguments of the command in the client's spelling, cut; empty where it takes none
     * @param every from one to the next
     * @param moved the values that moved, at most {@value #MAX_MOVED} of them
     * @param movedInAll how many moved
     * @param hints what the validator said about each of them
     * @param answer the first answer as it came, cut
     */
    public record Polls(
            String command,
            String arguments,
            long count,
            Spread every,
            Spread latency,
            List<Moved> moved,
            int movedInAll,
            List<Finding> hints,
            String answer) {
        static final int MAX_MOVED = 32;

        public Polls {
            moved = List.copyOf(moved);
            hints = List.copyOf(hints);
        }
    }
}
