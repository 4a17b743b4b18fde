package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessagePage;
import io.qmptape.analyzer.index.MessageRow;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A message as lists show it; the shape of {@link MessageRow} in the words of the API. */
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
        int bytes) {

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
                row.bytes());
    }

    private static @Nullable Long known(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /** A piece of a list; {@code offset} is that of its first row. */
    record Page(long total, long offset, List<RowView> rows) {
        static Page of(MessagePage page) {
            return new Page(
                    page.total(),
                    page.offset(),
                    page.rows().stream().map(RowView::of).toList());
        }
    }
}
