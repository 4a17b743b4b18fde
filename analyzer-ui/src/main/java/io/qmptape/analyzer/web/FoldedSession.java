package io.qmptape.analyzer.web;

import io.qmptape.conversation.FoldedRow;
import io.qmptape.conversation.PollFold;
import io.qmptape.conversation.PollFolding;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folds of one session, as far as it was read. Reads on when more messages are known than it has seen. Safe for
 * threads.
 */
final class FoldedSession {
    private final SessionFeed feed;
    private final long atOnce;
    private final PollFolding folding = new PollFolding(this::add);
    private final List<Stretch> stretches = new ArrayList<>();
    private long read;
    private long covered;
    private long lastSequence;
    private int folds;

    /** @param atOnce how many messages one call reads at most */
    FoldedSession(SessionFeed feed, long atOnce) {
        this.feed = feed;
        this.atOnce = atOnce;
    }

    /**
     * Messages that follow each other.
     *
     * @param fold what they are shown as; empty if as they are
     */
    record Stretch(long first, long last, Optional<PollFold> fold) {
        static Stretch of(PollFold fold) {
            return new Stretch(fold.first(), fold.last(), Optional.of(fold));
        }

        static Stretch plain(long first, long last) {
            return new Stretch(first, last, Optional.empty());
        }

        long frames() {
            return last - first + 1;
        }
    }

    /** Whether it is to be read anew: the tape was changed behind it, or holds less than was read. */
    synchronized boolean isStale(long known) {
        return known < read || feed.isStale();
    }

    /**
     * The first messages of the session, as many as are known or as one call reads.
     *
     * @param known how many messages are in the index
     */
    synchronized List<Stretch> stretches(long known) {
        if (read < known) {
            long end = read + Math.min(known - read, atOnce);
            feed.read(record -> isBefore(record, end));
        }
        List<Stretch> all = new ArrayList<>(stretches);
        long rest = read - covered;
        Optional<PollFold> growing = folding.growing().filter(fold -> folds < Limits.MAX_FOLDS);
        if (growing.isPresent()) {
            all.add(Stretch.of(growing.get()));
            rest -= growing.get().frames();
        }
        if (rest > 0) {
            all.add(Stretch.plain(lastSequence - rest + 1, lastSequence));
        }
        return all;
    }

    /** Whether a record that is read leaves room for more. */
    private boolean isBefore(SessionRecord record, long end) {
        if (record instanceof FrameRecorded recorded) {
            read++;
            lastSequence = recorded.sequence();
        }
        folding.accept(record);
        return read < end;
    }

    private void add(FoldedRow row) {
        if (row instanceof PollFold fold) {
            covered += fold.frames();
            if (folds < Limits.MAX_FOLDS) {
                folds++;
                stretches.add(Stretch.of(fold));
            } else {
                plain(fold.first(), fold.last());
            }
        } else if (row instanceof FoldedRow.Plain plain && plain.record() instanceof FrameRecorded recorded) {
            covered++;
            plain(recorded.sequence(), recorded.sequence());
        }
    }

    private void plain(long first, long last) {
        int end = stretches.size() - 1;
        boolean goesOn = end >= 0
                && stretches.get(end).fold().isEmpty()
                && stretches.get(end).last() + 1 == first;
        if (goesOn) {
            stretches.set(end, Stretch.plain(stretches.get(end).first(), last));
        } else {
            stretches.add(Stretch.plain(first, last));
        }
    }
}
