package io.qmptape.handover;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a recorder has counted since it began.
 *
 * @param takenNanos when what it took last had passed the relay
 * @param isFailing whether the tape cannot be written now
 * @param gaps those that were put on the tape
 * @param messages how many of each kind
 * @param findings how many by each rule's id
 */
public record Tally(
        long takenNanos,
        boolean isFailing,
        long gaps,
        long gapBytes,
        Map<String, Long> messages,
        Map<String, Long> findings)
        implements Answer {
    public static final Tally NONE = new Tally(Long.MIN_VALUE, false, 0, 0, Map.of(), Map.of());

    public Tally {
        messages = Map.copyOf(messages);
        findings = Map.copyOf(findings);
    }

    /** What a recorder and its successor have counted; how the tape is, the successor knows. */
    Tally and(Tally successor) {
        return new Tally(
                Math.max(takenNanos, successor.takenNanos),
                successor.isFailing,
                gaps + successor.gaps,
                gapBytes + successor.gapBytes,
                sum(messages, successor.messages),
                sum(findings, successor.findings));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> both = new TreeMap<>(one);
        other.forEach((name, count) -> both.merge(name, count, Long::sum));
        return both;
    }
}
