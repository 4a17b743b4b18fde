package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Exchanges spans of a frame's bytes for stand-ins, and moves what lies behind them: marks, and stand-ins of before. Used
 * once.
 */
final class Masking {
    private final Frame frame;
    private final StandIns standIns;
    private final List<Bytes> parts = new ArrayList<>();
    private final List<Masked> masked = new ArrayList<>();
    /** By where they began: spans that were exchanged. */
    private final NavigableMap<Integer, Exchanged> exchanged = new TreeMap<>();
    /** How far the frame's bytes are among the parts. */
    private int copied;
    /** How much longer the parts are than what they were. */
    private int shift;

    /**
     * @param span as it was
     * @param start where the stand-in begins
     */
    private record Exchanged(Span span, int start, int newLength) {
        int moved(int offset) {
            return offset < span.end() ? start : offset - span.end() + start + newLength;
        }
    }

    private Masking(Frame frame, StandIns standIns) {
        this.frame = frame;
        this.standIns = standIns;
    }

    static Redacted of(Frame frame, Plan plan, StandIns standIns) {
        Masking masking = new Masking(frame, standIns);
        Deque<Masked> kept = new ArrayDeque<>(plan.kept());
        for (Secret secret : plan.secrets()) {
            masking.keepBefore(secret.span().start(), kept);
            masking.exchange(secret);
        }
        masking.keepBefore(Integer.MAX_VALUE, kept);
        return masking.redacted(Echoes.of(plan.secrets()));
    }

    private void keepBefore(int end, Deque<Masked> kept) {
        while (!kept.isEmpty() && kept.element().span().start() < end) {
            Masked old = kept.remove();
            masked.add(new Masked(old.path(), old.type(), old.span().shiftedBy(shift)));
        }
    }

    private void exchange(Secret secret) {
        String standIn = standIns.standIn(secret.value());
        Bytes replacement = Bytes.utf8(secret.isWholeToken() ? "\"" + standIn + "\"" : standIn);
        Span span = secret.span().shiftedBy(shift);
        parts.add(frame.bytes().slice(copied, secret.span().start()));
        parts.add(replacement);
        copied = secret.span().end();
        masked.add(
                new Masked(secret.path(), secret.type(), new Span(span.start(), span.start() + replacement.length())));
        exchanged.put(secret.span().start(), new Exchanged(secret.span(), span.start(), replacement.length()));
        shift += replacement.length() - span.length();
    }

    private Redacted redacted(Echoes echoes) {
        parts.add(frame.bytes().from(copied));
        List<Mark> marks = frame.marks().stream()
                .map(mark -> new Mark(moved(mark.offset()), mark.atNanos(), mark.descriptors()))
                .toList();
        Frame stored = new Frame(frame.sequence(), frame.direction(), frame.kind(), Bytes.join(parts), marks);
        return new Redacted(stored, masked, echoes);
    }

    /** Marks behind the span move with their bytes, those inside it go to its start. */
    private int moved(int offset) {
        Map.Entry<Integer, Exchanged> before = exchanged.lowerEntry(offset);
        return before == null ? offset : before.getValue().moved(offset);
    }
}
