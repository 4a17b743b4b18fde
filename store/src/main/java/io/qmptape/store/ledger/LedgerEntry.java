package io.qmptape.store.ledger;

import io.qmptape.traffic.SessionId;
import java.util.List;

/** One thing that happened to a tape. */
public sealed interface LedgerEntry {
    /**
     * A reel was finished.
     *
     * @param seal SHA-256 of its seal, as hex
     */
    record Sealed(String reel, String seal, long sessions, long records) implements LedgerEntry {}

    /**
     * A tombstone: a reel that was sealed is not there any more.
     *
     * @param why in a word, as {@code pruned}
     * @param into the reel that holds what was kept of it; empty if nothing was
     * @param removed what was not kept, or not as it was
     */
    record Removed(String reel, String why, String into, List<SessionPart> removed) implements LedgerEntry {
        public Removed {
            removed = List.copyOf(removed);
        }
    }

    /** A session is to be kept whatever the limits say. */
    record Pinned(SessionId session) implements LedgerEntry {}

    record Unpinned(SessionId session) implements LedgerEntry {}

    /**
     * The ledger before this one was damaged and was put aside.
     *
     * @param head the hash of its last sound line
     * @param lines how many sound lines it had
     */
    record Begun(String head, long lines) implements LedgerEntry {}
}
