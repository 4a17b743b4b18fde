package io.qmptape.store.recorder;

import io.qmptape.handover.Tally;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a recorder counts for those who watch it from outside. One thread. */
final class Counts {
    private final Map<MessageKind, Long> messages = new EnumMap<>(MessageKind.class);
    private final Map<String, Long> findings = new HashMap<>();
    private long takenNanos = Tally.NONE.takenNanos();
    private long gaps;
    private long gapBytes;

    /** Something that passed at that time is no longer waited for. */
    void took(long atNanos) {
        takenNanos = Math.max(takenNanos, atNanos);
    }

    void made(SessionRecord record) {
        if (record instanceof FrameRecorded frame) {
            messages.merge(frame.message(), 1L, Long::sum);
            frame.findings().forEach(finding -> findings.merge(finding.rule(), 1L, Long::sum));
        }
    }

    /** A gap is on the tape. */
    void marked(Gap gap) {
        gaps++;
        gapBytes += gap.bytes();
    }

    Tally tally(boolean isFailing) {
        Map<String, Long> kinds = new TreeMap<>();
        messages.forEach((kind, count) -> kinds.put(kind.word(), count));
        return new Tally(takenNanos, isFailing, gaps, gapBytes, kinds, findings);
    }
}
