package io.qmptape.store.care;

import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerLine;
import io.qmptape.store.ledger.SessionPart;
import java.util.Optional;

/** A removal, for a person: what is not there any more, who took it away, when and why. */
record Tombstone(LedgerLine line, Removed removed) {
    static Optional<Tombstone> of(LedgerLine line) {
        return line.entry() instanceof Removed removed ? Optional.of(new Tombstone(line, removed)) : Optional.empty();
    }

    @Override
    public String toString() {
        long records =
                removed.removed().stream().mapToLong(SessionPart::records).sum();
        return removed.why() + " by " + line.by() + " at " + line.at() + ": " + records + " records of "
                + removed.removed().size() + " sessions of the reel " + removed.reel();
    }
}
