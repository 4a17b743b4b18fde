package io.qmptape.analyzer.web;

import io.qmptape.analyzer.diff.DiffRow;
import io.qmptape.analyzer.diff.MemberChange;
import io.qmptape.conversation.Exchange;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of a comparison.
 *
 * @param kind same, changed, only-a, only-b, or equal for a run of same rows that was folded
 * @param at index of the (first) row among all
 * @param count rows of a folded run
 */
record DiffView(
        String kind,
        int at,
        @Nullable Integer count,
        @Nullable Side a,
        @Nullable Side b,
        @Nullable List<Change> changes) {

    /**
     * @param contents the command's first members in short
     * @param reply kind of the reply; absent without one
     */
    record Side(
            long seq,
            String name,
            String contents,
            @Nullable Long replySeq,
            @Nullable String reply,
            @Nullable Long latencyNanos) {
        static Side of(Exchange exchange, Function<FrameRecorded, String> contents) {
            return new Side(
                    exchange.command().sequence(),
                    exchange.name(),
                    contents.apply(exchange.command()),
                    exchange.reply().map(FrameRecorded::sequence).orElse(null),
                    exchange.reply().map(reply -> reply.message().word()).orElse(null),
                    exchange.latency().map(Duration::toNanos).orElse(null));
        }
    }

    record Change(String path, @Nullable String a, @Nullable String b) {
        static Change of(MemberChange change) {
            return new Change(
                    change.path(),
                    change.a().map(Change::cut).orElse(null),
                    change.b().map(Change::cut).orElse(null));
        }

        private static String cut(String text) {
            return text.length() <= Limits.MAX_STRING_LENGTH ? text : text.substring(0, Limits.MAX_STRING_LENGTH) + "…";
        }
    }

    static DiffView fold(int at, int count) {
        return new DiffView("equal", at, count, null, null, null);
    }

    static DiffView of(int at, DiffRow row, Function<FrameRecorded, String> contents) {
        if (row instanceof DiffRow.OnlyA only) {
            return new DiffView("only-a", at, null, Side.of(only.a(), contents), null, null);
        }
        if (row instanceof DiffRow.OnlyB only) {
            return new DiffView("only-b", at, null, null, Side.of(only.b(), contents), null);
        }
        if (row instanceof DiffRow.Changed changed) {
            List<Change> changes = changed.changes().stream().map(Change::of).toList();
            return new DiffView(
                    "changed", at, null, Side.of(changed.a(), contents), Side.of(changed.b(), contents), changes);
        }
        DiffRow.Same same = (DiffRow.Same) row;
        return new DiffView("same", at, null, Side.of(same.a(), contents), Side.of(same.b(), contents), null);
    }
}
