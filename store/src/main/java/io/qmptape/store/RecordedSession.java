package io.qmptape.store;

import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole session in memory. Immutable. */
public record RecordedSession(Opened opened, List<SessionRecord> records) {
    public RecordedSession {
        records = List.copyOf(records);
    }

    /** @throws IllegalArgumentException if the source does not begin with the opening of a session */
    public static RecordedSession load(SessionSource source) {
        List<SessionRecord> records = new ArrayList<>();
        source.read(records::add);
        if (records.isEmpty() || !(records.get(0) instanceof Opened opened)) {
            throw new IllegalArgumentException("a session begins with its opening, and this one does not");
        }
        return new RecordedSession(opened, records);
    }

    public List<FrameRecorded> frames() {
        return records.stream()
                .filter(FrameRecorded.class::isInstance)
                .map(FrameRecorded.class::cast)
                .toList();
    }

    /** Empty while the session is open, or where its recorder died. */
    public Optional<Closed> closed() {
        SessionRecord last = records.get(records.size() - 1);
        return last instanceof Closed closed ? Optional.of(closed) : Optional.empty();
    }
}
