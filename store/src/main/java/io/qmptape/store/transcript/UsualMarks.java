package io.qmptape.store.transcript;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Mark;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The marks that go without saying: a message came in one read, and the line end before it either in the same or in the
 * read that completed the message before. Writer and reader each follow a session with one of these.
 */
final class UsualMarks {
    private final Map<Direction, Long> completed = new EnumMap<>(Direction.class);

    /**
     * What a frame's marks are if nothing else is said; to be asked once a frame, in their order.
     *
     * @param lineEnd how many of its first bytes are the line end of the message before it
     * @param atNanos when it was complete
     */
    List<Mark> next(Direction direction, int lineEnd, long atNanos) {
        Long before = completed.put(direction, atNanos);
        boolean isApart = before != null && before != atNanos && lineEnd > 0;
        return isApart ? List.of(Mark.at(0, before), Mark.at(lineEnd, atNanos)) : List.of(Mark.at(0, atNanos));
    }
}
