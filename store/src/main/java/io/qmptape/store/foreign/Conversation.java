package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.traffic.CloseCause;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One monitor of a recording that tells messages, not connections: a greeting begins a session. */
final class Conversation {
    private static final Bytes LINE_FEED = Bytes.utf8("\n");

    private final ForeignSessions sessions;
    /** Where the last bytes were no message: a line end before the next one keeps them apart. */
    private final Set<Direction> unended = EnumSet.noneOf(Direction.class);

    private @Nullable ForeignSession current;

    Conversation(ForeignSessions sessions) {
        this.sessions = sessions;
    }

    boolean isOpen() {
        return current != null;
    }

    /** @param atNanos empty where the recording has no times */
    void say(Direction direction, OptionalLong atNanos, Bytes message, Json json) {
        boolean isGreeting = Message.of(direction, Optional.of(json)).kind() == MessageKind.GREETING;
        if (isGreeting && current != null && current.hasSpoken()) {
            end();
        }
        ForeignSession session = session(atNanos);
        Bytes apart = unended.remove(direction) ? Bytes.join(List.of(LINE_FEED, message)) : message;
        session.say(direction, atNanos.orElse(session.next()), apart);
    }

    /** Bytes that need be no message; what comes next may belong to them. */
    void sound(Direction direction, OptionalLong atNanos, Bytes bytes) {
        if (bytes.isEmpty() || bytes.at(bytes.length() - 1) != '\n') {
            unended.add(direction);
        }
        ForeignSession session = session(atNanos);
        session.read(direction, atNanos.orElse(session.next()), bytes, 0);
    }

    void end() {
        if (current != null) {
            sessions.close(current, CloseCause.UNKNOWN);
            current = null;
            unended.clear();
        }
    }

    private ForeignSession session(OptionalLong atNanos) {
        if (current == null) {
            current = sessions.openAt(atNanos.orElse(0), ForeignSessions.UNKNOWN);
        }
        return current;
    }
}
