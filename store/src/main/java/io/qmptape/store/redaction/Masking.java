package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.util.ArrayList;
import java.util.List;

/**
 * Exchanges spans of a frame's bytes for stand-ins, and moves what lies behind them: marks, and stand-ins of before. Used
 * once.
 */
final class Masking {
    private final Frame frame;
    private final StandIns standIns;
    private final List<Bytes> parts = new ArrayList<>();
    private final List<Masked> masked = new ArrayList<>();
    private List<Mark> marks;
    /** How far the frame's bytes are among the parts. */
    private int copied;
    /** How much longer the parts are than what they were. */
    private int shift;

    private Masking(Frame frame, StandIns standIns) {
        this.frame = frame;
        this.standIns = standIns;
        this.marks = frame.marks();
    }

    static Redacted of(Frame frame, Plan plan, StandIns standIns) {
        Masking masking = new Masking(frame, standIns);
        List<Masked> kept = new ArrayList<>(plan.kept());
        for (Secret secret : plan.secrets()) {
            masking.keepBefore(secret.span().start(), kept);
            masking.exchange(secret);
        }
        masking.keepBefore(Integer.MAX_VALUE, kept);
        return masking.redacted(Echoes.of(plan.secrets()));
    }

    private void keepBefore(int end, List<Masked> kept) {
        while (!kept.isEmpty() && kept.get(0).span().start() < end) {
            Masked old = kept.remove(0);
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
        marks = marks.stream()
                .map(mark ->
                        new Mark(moved(mark.offset(), span, replacement.length()), mark.atNanos(), mark.descriptors()))
                .toList();
        shift += replacement.length() - span.length();
    }

    private Redacted redacted(Echoes echoes) {
        parts.add(frame.bytes().from(copied));
        Frame stored = new Frame(frame.sequence(), frame.direction(), frame.kind(), Bytes.join(parts), marks);
        return new Redacted(stored, masked, echoes);
    }

    /** Marks behind the span move with their bytes, those inside it go to its start. */
    private static int moved(int offset, Span span, int newLength) {
        if (offset <= span.start()) {
            return offset;
        }
        return offset < span.end() ? span.start() : offset - span.length() + newLength;
    }
}
