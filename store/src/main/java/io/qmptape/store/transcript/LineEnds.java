package io.qmptape.store.transcript;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The line ends of one direction, given back to the messages before them. The tape keeps the white space between two
 * messages as the head of the later one, because it is complete only then; a person, and a client that reads lines, sees
 * it the other way round.
 */
public final class LineEnds {
    /** In the order of the stream: what stands at the head of each frame, and last of the rest. */
    private final Deque<Bytes> ends = new ArrayDeque<>();

    /** Reads a session through, to know of each frame what line end follows it. */
    public LineEnds(SessionSource source, Direction direction) {
        source.read(record -> see(record, direction));
    }

    static Bytes usual(Direction direction) {
        return Bytes.utf8(direction == Direction.SERVER_TO_CLIENT ? "\r\n" : "\n");
    }

    /** What of the next frame's, or the rest's, first bytes is the line end of what stood before it. */
    public Bytes take() {
        Bytes end = ends.poll();
        return end == null ? Bytes.EMPTY : end;
    }

    /** The same for the one after that, which stays to be taken. */
    Bytes peek() {
        Bytes end = ends.peek();
        return end == null ? Bytes.EMPTY : end;
    }

    private void see(SessionRecord record, Direction direction) {
        if (record instanceof FrameRecorded recorded && recorded.frame().direction() == direction) {
            Frame frame = recorded.frame();
            ends.add(lineEnd(frame.bytes().slice(0, frame.head())));
        } else if (record instanceof Closed closed) {
            ends.add(lineEnd(closed.rest(direction)));
        }
    }

    private static Bytes lineEnd(Bytes blanks) {
        for (int i = 0; i < blanks.length(); i++) {
            if (blanks.at(i) == '\n') {
                return blanks.slice(0, i + 1);
            }
        }
        return Bytes.EMPTY;
    }
}
