package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessagePage;
import io.qmptape.analyzer.index.MessageRow;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message as lists show it; the shape of {@link MessageRow} in the words of the API.
 *
 * @param fold what the row stands for instead of its message
 * @param within the first message of the open fold that the row belongs to
 */
record RowView(
        String session,
        long seq,
        String at,
        long sinceNanos,
        String direction,
        String kind,
        String name,
        String contents,
        @Nullable Long latencyNanos,
        @Nullable Long pair,
        int findings,
        int masked,
        int descriptors,
        int bytes,
        @Nullable FoldView fold,
        @Nullable Long within) {

    static RowView of(MessageRow row) {
        return new RowView(
                row.session().toString(),
                row.sequence(),
                row.at().toString(),
                row.sinceOpenNanos(),
                row.direction().word(),
                row.kind().word(),
                row.name(),
                row.contents(),
                known(row.latencyNanos()),
                known(row.pair()),
                row.findings(),
                row.masked(),
                row.descriptors(),
                row.bytes(),
                null,
                null);
    }

    /** The row of a fold: in the place of its first message, without what belongs to that alone. */
    RowView ofFold(FoldView of) {
        return new RowView(
                session, seq, at, sinceNanos, direction, kind, name, "", null, null, of.hints(), 0, 0, bytes, of, null);
    }

    RowView within(long first) {
        return new RowView(
                session,
                seq,
                at,
                sinceNanos,
                direction,
                kind,
                name,
                contents,
                latencyNanos,
                pair,
                findings,
                masked,
                descriptors,
                bytes,
                fold,
                first);
    }

    private static @Nullable Long known(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /**
     * A piece of a list; {@code offset} is that of its first row.
     *
     * @param folded how many messages of a folded list were looked at so far, if more are to come
     */
    record Page(
            long total,
            long offset,
            List<RowView> rows,
            @Nullable Long folded) {
        static Page of(MessagePage page) {
            return new Page(
                    page.total(),
                    page.offset(),
                    page.rows().stream().map(RowView::of).toList(),
                    null);
        }
    }
}
