package io.qmptape.conversation;

import io.qmptape.store.SessionRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Folds runs of polls while a session streams through. {@code store/README.md} has the rules.
 *
 * <pre>
 *            repeats three polls                   repeats the run
 *   waiting ---------------------> run  <----------------------------- waiting behind the run
 *      |  too many, or something       |  something else, or too many
 *      v  else came                    v  wait without repeating
 *    as they are                     a fold; what waited is looked at anew
 * </pre>
 *
 * <p>Nothing is lost and nothing moves: the rows, each fold replaced by the records that it stands for, are the records.
 * Keeps at most {@value #MAX_WAITING} polls and the latest answers to {@value #MAX_ANSWERS} questions, however long the
 * session is. One thread.
 */
public final class PollFolding {
    static final int MAX_WAITING = 32;
    /** More than a run and those waiting behind it can ask, so that in both all answers to a question are the same. */
    static final int MAX_ANSWERS = 64;

    private final Consumer<FoldedRow> sink;
    private final Turns turns = new Turns(new Parts());
    private final Map<String, String> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Turn> waiting = new ArrayList<>();
    private Optional<PollRun> run = Optional.empty();

    /** @param sink gets the rows in their order */
    public PollFolding(Consumer<FoldedRow> sink) {
        this.sink = sink;
    }

    /** Takes the next record of the session. Rows come when it is sure what they are. */
    public void accept(SessionRecord record) {
        turns.accept(record);
    }

    /** Gives away all that is not given yet. More records may follow; no fold goes on over this. */
    public void end() {
        turns.end();
        close();
    }

    /** The fold that may still grow, as it is now: the rows given so far are followed by it. */
    public Optional<PollFold> growing() {
        return run.map(PollRun::fold);
    }

    private final class Parts implements Turns.Sink {
        @Override
        public void turn(Turn turn) {
            if (isNews(turn)) {
                close();
                give(turn.records());
            } else {
                waiting.add(turn);
                settle();
            }
        }

        @Override
        public void interruption(List<SessionRecord> records) {
            close();
            give(records);
        }
    }

    /** Whether an answer differs from the one before it; what was never asked before is no news. */
    private boolean isNews(Turn turn) {
        boolean isNews = false;
        for (Poll poll : turn.polls()) {
            String before = answers.put(poll.question(), poll.state());
            isNews |= before != null && !before.equals(poll.state());
            if (answers.size() > MAX_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return isNews;
    }

    private void settle() {
        boolean isFull = waiting.stream().mapToInt(turn -> turn.polls().size()).sum() > MAX_WAITING;
        if (run.isEmpty()) {
            begin(isFull);
        } else if (run.get().isContinuedBy(waiting)) {
            waiting.forEach(run.get()::add);
            waiting.clear();
        } else if (isFull) {
            endRun();
        }
    }

    private void begin(boolean isFull) {
        int start = PollRun.start(waiting);
        if (start < waiting.size()) {
            waiting.subList(0, start).forEach(turn -> give(turn.records()));
            run = Optional.of(new PollRun(waiting.subList(start, waiting.size())));
            waiting.clear();
        } else if (isFull) {
            give(waiting.remove(0).records());
        }
    }

    private void close() {
        while (run.isPresent()) {
            endRun();
        }
        waiting.forEach(turn -> give(turn.records()));
        waiting.clear();
    }

    /** What waited behind the run may hold one of its own. */
    private void endRun() {
        run.map(PollRun::fold).ifPresent(sink);
        run = Optional.empty();
        List<Turn> again = List.copyOf(waiting);
        waiting.clear();
        for (Turn turn : again) {
            waiting.add(turn);
            settle();
        }
    }

    private void give(List<SessionRecord> records) {
        records.forEach(record -> sink.accept(new FoldedRow.Plain(record)));
    }
}
