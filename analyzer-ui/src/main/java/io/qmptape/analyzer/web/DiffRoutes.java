package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qmptape.analyzer.diff.DiffRow;
import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.analyzer.index.MessageRow;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The comparison of two sessions: folded, or a piece of it row by row. */
final class DiffRoutes {
    private final MessageIndex index;
    private final SessionComparison comparison;
    private final Answer answer;

    DiffRoutes(Recordings recordings, Answer answer) {
        this.index = recordings.index();
        this.comparison = recordings.comparison();
        this.answer = answer;
    }

    void addTo(RoutesConfig routes) {
        routes.get(AnalyzerServer.API + "/diff", this::diff);
    }

    /** @param isCut whether more rows follow; ask for them with {@code offset} */
    private record Diff(SessionView a, SessionView b, Counts counts, boolean isCut, List<DiffView> rows) {}

    private record Counts(int total, long same, long changed, long onlyA, long onlyB, long unknown) {
        static Counts of(SessionDiff diff) {
            List<DiffRow> rows = diff.rows();
            return new Counts(
                    rows.size(),
                    count(rows, DiffRow.Same.class),
                    count(rows, DiffRow.Changed.class),
                    count(rows, DiffRow.OnlyA.class),
                    count(rows, DiffRow.OnlyB.class),
                    diff.unknown());
        }

        private static long count(List<DiffRow> rows, Class<? extends DiffRow> kind) {
            return rows.stream().filter(kind::isInstance).count();
        }
    }

    private void diff(Context context) {
        Asked asked = new Asked(context);
        SessionSummary a = side(asked, "a");
        SessionSummary b = side(asked, "b");
        SessionDiff diff = comparison.compare(a.id(), b.id());
        List<DiffRow> rows = diff.rows();
        List<DiffView> shown = asked.text("offset").isEmpty() ? folded(rows) : piece(rows, asked);
        boolean isCut = !shown.isEmpty() && end(shown) < rows.size();
        SessionView left = SessionView.of(a, List.of());
        answer.send(context, new Diff(left, SessionView.of(b, List.of()), Counts.of(diff), isCut, shown));
    }

    private SessionSummary side(Asked asked, String name) {
        String text = asked.text(name);
        if (text.isEmpty()) {
            throw Refusal.badRequest("Give two sessions, 'a' and 'b'.");
        }
        SessionId id = Asked.session(text);
        return index.session(id).orElseThrow(() -> Refusal.notFound("There is no session " + id + " on this tape."));
    }

    private List<DiffView> folded(List<DiffRow> rows) {
        List<DiffView> shown = new ArrayList<>();
        for (Folding.Run run : Folding.of(rows)) {
            if (run.isFolded()) {
                shown.add(DiffView.fold(run.from(), run.count()));
            } else {
                for (int i = run.from(); i < run.to() && shown.size() < Limits.MAX_FOLDED_ROWS; i++) {
                    shown.add(view(rows, i));
                }
            }
            if (shown.size() >= Limits.MAX_FOLDED_ROWS) {
                break;
            }
        }
        return shown;
    }

    private List<DiffView> piece(List<DiffRow> rows, Asked asked) {
        int from = (int) Math.min(rows.size(), asked.offset());
        int to = Math.min(rows.size(), from + asked.limit());
        return IntStream.range(from, to).mapToObj(i -> view(rows, i)).toList();
    }

    private static int end(List<DiffView> shown) {
        DiffView last = shown.get(shown.size() - 1);
        return last.at() + (last.count() == null ? 1 : last.count());
    }

    private DiffView view(List<DiffRow> rows, int at) {
        return DiffView.of(at, rows.get(at), this::contents);
    }

    private String contents(FrameRecorded command) {
        return index.message(command.session(), command.sequence())
                .map(MessageRow::contents)
                .orElse("");
    }
}
