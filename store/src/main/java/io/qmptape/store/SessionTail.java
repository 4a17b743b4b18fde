package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.traffic.SessionId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads one session of a tape, from its opening on, and goes on where it stopped when more of it comes. How it is spread
 * over reels does not show: there are no continuations among its records. Holds no reel open between two calls. One
 * thread.
 */
public final class SessionTail {
    private final Tape tape;
    private final SessionId id;
    private Optional<Position> last = Optional.empty();

    public SessionTail(Tape tape, SessionId id) {
        this.tape = tape;
        this.id = id;
    }

    /**
     * Hands over what was not handed over yet.
     *
     * @param sink whether it takes more
     * @throws java.io.UncheckedIOException if the tape cannot be read
     */
    public void read(Predicate<SessionRecord> sink) {
        String reached = last.map(Position::reel).orElse("");
        for (String name : tape.reelNames()) {
            // A session goes on in newer reels only, and their names are their times.
            if (name.compareTo(reached) >= 0 && !readReel(name, sink)) {
                return;
            }
        }
    }

    /** Whether the reel that was read last is not there any more: it was deleted or written anew. */
    public boolean isStale() {
        return last.filter(position -> !tape.reelNames().contains(position.reel()))
                .isPresent();
    }

    /** Whether the sink takes more. */
    private boolean readReel(String name, Predicate<SessionRecord> sink) {
        Optional<ReelReader> opened = tape.mayHold(name, id) ? tape.openReel(name) : Optional.empty();
        if (opened.isEmpty()) {
            return true;
        }
        try (ReelReader reader = opened.get()) {
            last.filter(position -> position.reel().equals(name))
                    .ifPresent(position -> reader.moveAfter(position.index()));
            for (Optional<Bytes> next = TapeCursor.nextWhole(reader);
                    next.isPresent();
                    next = TapeCursor.nextWhole(reader)) {
                if (RecordCodec.isOf(next.get(), id) && !hand(next.get(), new Position(name, reader.index()), sink)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The opening may be missing: its reel was dropped, or could not be written. The continuation has a copy. */
    private boolean hand(Bytes bytes, Position position, Predicate<SessionRecord> sink) {
        SessionRecord record = RecordCodec.decode(bytes).record();
        boolean isFirst = last.isEmpty();
        last = Optional.of(position);
        if (!(record instanceof Continued continued)) {
            return sink.test(record);
        }
        return !isFirst || sink.test(continued.opened());
    }
}
