package io.qmptape.cli;

import io.qmptape.conversation.FoldedRow;
import io.qmptape.conversation.Moved;
import io.qmptape.conversation.PollFold;
import io.qmptape.conversation.PollFold.Polls;
import io.qmptape.conversation.PollFolding;
import io.qmptape.conversation.Spread;
import io.qmptape.store.SessionRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A session for a terminal, runs of polls in a line for each question. */
final class FoldedText implements Consumer<SessionRecord> {
    private static final int MAX_ANSWER = 80;
    private static final int MAX_MOVED = 6;
    /** A pause this many times as long as the usual one is worth telling. */
    private static final int LONG_PAUSE = 3;

    private final SessionText text;
    private final PrintStream out;
    private final PollFolding folding = new PollFolding(this::row);
    private long folds;
    private long polls;

    FoldedText(SessionText text, PrintStream out) {
        this.text = text;
        this.out = out;
    }

    @Override
    public void accept(SessionRecord record) {
        folding.accept(record);
    }

    void end() {
        folding.end();
        text.end();
        if (folds > 0) {
            out.println(polls + " polls are folded, in " + SessionText.count(folds, "run") + ": --unfold shows them");
        }
    }

    private void row(FoldedRow row) {
        if (row instanceof FoldedRow.Plain plain) {
            text.accept(plain.record());
        } else if (row instanceof PollFold fold) {
            folds++;
            polls += fold.count();
            print(fold);
        }
    }

    private void print(PollFold fold) {
        String place = String.format(
                Locale.ROOT,
                "%6d…%d %s … %s",
                fold.first(),
                fold.last(),
                text.offset(fold.beganAtNanos()),
                text.offset(fold.endedAtNanos()));
        for (Polls asked : fold.polls()) {
            out.println(place + " -> " + line(asked));
            asked.hints().forEach(text::finding);
            place = " ".repeat(place.length());
        }
    }

    private static String line(Polls asked) {
        String question = (asked.command() + " " + asked.arguments()).strip();
        return Printable.of(SessionText.flat(question), MAX_ANSWER) + " ×" + asked.count() + " every "
                + every(asked.every()) + ", in " + latency(asked.latency()) + "  " + answers(asked);
    }

    private static String every(Spread every) {
        boolean hasPaused = every.mostNanos() / LONG_PAUSE > every.medianNanos();
        return span(every.medianNanos()) + (hasPaused ? ", at most " + span(every.mostNanos()) : "");
    }

    private static String latency(Spread latency) {
        return span(latency.medianNanos()) + " (" + span(latency.leastNanos()) + " … " + span(latency.mostNanos())
                + ")";
    }

    private static String answers(Polls asked) {
        if (asked.movedInAll() == 0) {
            return "unchanged " + Printable.of(SessionText.flat(asked.answer()), MAX_ANSWER);
        }
        int more = asked.movedInAll() - MAX_MOVED;
        return asked.moved().stream().limit(MAX_MOVED).map(FoldedText::moved).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String moved(Moved moved) {
        String path = moved.path().startsWith("$.") ? moved.path().substring(2) : moved.path();
        String between = moved.isBetweenEnds() ? "" : " (" + moved.least() + " to " + moved.most() + ")";
        return Printable.of(path + " " + moved.first() + "…" + moved.last() + between, 400);
    }

    private static String span(long nanos) {
        return Times.span(Duration.ofNanos(nanos));
    }
}
