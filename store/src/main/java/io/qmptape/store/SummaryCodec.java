package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Summaries as bytes, for a cache: what is of another version, or not whole, counts as not there. */
final class SummaryCodec {
    private static final int VERSION = 1;
    private static final int EXPECTED_BYTES = 4096;

    private SummaryCodec() {}

    static Bytes encode(List<SessionSummary> summaries) {
        RecordWriter out = new RecordWriter(EXPECTED_BYTES);
        out.u8(VERSION).list(summaries, summary -> write(summary, out));
        return out.checked();
    }

    static Optional<List<SessionSummary>> decode(Bytes bytes) {
        if (!RecordCodec.isWhole(bytes) || bytes.at(0) != VERSION) {
            return Optional.empty();
        }
        try {
            RecordReader in = new RecordReader(bytes.from(1));
            return Optional.of(in.list(() -> read(in)));
        } catch (BufferUnderflowException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static void write(SessionSummary summary, RecordWriter out) {
        out.bytes(RecordCodec.encode(summary.opened(), summary.arrivedAtMillis(), Bytes.EMPTY))
                .text(summary.qemuVersion())
                .i64(summary.frames())
                .i64(summary.errors())
                .i64(summary.findings())
                .i64(summary.masked())
                .i64(summary.gaps())
                .i64(summary.duration().toNanos())
                .list(summary.cause().stream().toList(), cause -> out.u8(cause.ordinal()));
    }

    private static SessionSummary read(RecordReader in) {
        RecordCodec.Stored opened = RecordCodec.decode(in.bytes());
        return new SessionSummary(
                (Opened) opened.record(),
                opened.arrivedAtMillis(),
                in.text(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                Duration.ofNanos(in.i64()),
                in.list(() -> in.word(CloseCause.values())).stream().findFirst());
    }
}
