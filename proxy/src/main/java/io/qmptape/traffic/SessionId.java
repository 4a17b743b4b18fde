package io.qmptape.traffic;

import java.util.UUID;

/** Names a session for ever, on every tape: a random UUID, so that a prefix of it differs early. */
public record SessionId(UUID value) implements Comparable<SessionId> {
    public static final int MIN_PREFIX = 4;

    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    public static SessionId parse(String text) {
        return new SessionId(UUID.fromString(text));
    }

    /** The first eight digits, as lists show it. */
    public String brief() {
        return value.toString().substring(0, 8);
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
