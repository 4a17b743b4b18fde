package io.qmptape.store.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What a reel held when it was finished. Its hash stands in the ledger, so nothing in the reel can change unseen.
 *
 * @param torn entries that are no whole record: a crash or a full disk left them
 * @param files of the reel, but for the seal
 * @param replaced the reel that this one stands in for
 */
public record Seal(
        String reel, long torn, List<SealedFile> files, List<SessionPart> sessions, Optional<Replaced> replaced) {
    public Seal {
        files = List.copyOf(files);
        sessions = List.copyOf(sessions);
    }

    /** @param sha256 of all its bytes, as hex */
    public record SealedFile(String name, long bytes, String sha256) {}

    /**
     * @param reel the reel that was there before
     * @param why in a word, as {@code redacted}
     * @param removed the parts of it that are not here, or not as they were
     */
    public record Replaced(String reel, String why, List<SessionPart> removed) {
        public Replaced {
            removed = List.copyOf(removed);
        }
    }

    public long records() {
        return sessions.stream().mapToLong(SessionPart::records).sum();
    }
}
