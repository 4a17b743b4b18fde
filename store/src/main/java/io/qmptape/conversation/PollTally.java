package io.qmptape.conversation;

import io.qmptape.conversation.Answer.Leaf;
import io.qmptape.conversation.PollFold.Polls;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The polls of a run that asked the same and were told the same. One thread. */
final class PollTally {
    private static final int MAX_TEXT = 200;

    private final Poll first;
    private final SpreadTally every = new SpreadTally();
    private final SpreadTally latency = new SpreadTally();
    private final SortedMap<Integer, MovedTally> moved = new TreeMap<>();
    private List<Leaf> latest;
    private long askedAtNanos;
    private long count;

    PollTally(Poll first) {
        this.first = first;
        this.latest = first.moving();
    }

    void add(Poll poll) {
        if (count > 0) {
            every.add(poll.askedAtNanos() - askedAtNanos);
            move(poll.moving());
        }
        latency.add(poll.latencyNanos());
        askedAtNanos = poll.askedAtNanos();
        latest = poll.moving();
        count++;
    }

    Polls polls() {
        List<Moved> shown = moved.values().stream()
                .limit(Polls.MAX_MOVED)
                .map(MovedTally::moved)
                .toList();
        return new Polls(
                first.asking().command().name(),
                cut(first.asking().arguments()),
                count,
                every.spread(),
                latency.spread(),
                shown,
                moved.size(),
                first.hints(),
                cut(first.reply().frame().body().text()));
    }

    private void move(List<Leaf> now) {
        for (int i = 0; i < now.size(); i++) {
            Leaf before = latest.get(i);
            Leaf after = now.get(i);
            if (!after.text().equals(before.text())) {
                moved.computeIfAbsent(i, at -> new MovedTally(before)).add(after);
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
