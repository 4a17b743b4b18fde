package io.qmptape.store.redaction;

import io.qmptape.store.SessionRecord.Opened;

/** What takes the place of secrets. */
public sealed interface StandIns permits RedactionKey, StandIns.Dropped {
    /** Plain ASCII that needs no escape in JSON. */
    String standIn(String secret);

    /** What a session says of its stand-ins: {@link Opened#key}. */
    String name();

    /** One stand-in for all secrets, which are gone for good: whether two were equal, nobody can tell or guess. */
    static StandIns dropped() {
        return new Dropped();
    }

    /** Keeps nothing. */
    record Dropped() implements StandIns {
        @Override
        public String standIn(String secret) {
            return "[masked]";
        }

        @Override
        public String name() {
            return Opened.DROPPED;
        }
    }
}
