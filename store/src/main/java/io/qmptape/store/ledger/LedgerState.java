package io.qmptape.store.ledger;

import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerEntry.Sealed;
import io.qmptape.store.ledger.LedgerEntry.Unpinned;
import io.qmptape.traffic.SessionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ledger says: its sound lines, what comes of them, and the first thing that is wrong.
 *
 * @param start the hash that the first line follows on
 * @param isTorn whether the last line lacks its end: it is being written, or a crash broke it off
 * @param fault empty if all lines that have their end are sound
 * @param isNewer whether the fault is this program's: a newer one wrote what it does not know
 */
public record LedgerState(
        String start, List<LedgerLine> lines, boolean isTorn, Optional<String> fault, boolean isNewer) {
    public LedgerState {
        lines = List.copyOf(lines);
    }

    /** The hash of the last sound line. */
    public String head() {
        return lines.isEmpty() ? start : lines.get(lines.size() - 1).hash();
    }

    /** The last sound line's number and hash, as {@code 12:9f…}: whoever keeps it elsewhere can tell that nothing was cut off. */
    public String pin() {
        return lines.size() + ":" + head();
    }

    /** Whether a line with this number and hash is there. */
    public boolean holds(String pin) {
        return lines.stream().anyMatch(line -> pin.equals(line.number() + ":" + line.hash()))
                || pin.equals("0:" + start);
    }

    /** Reels that should be there, with the hash of their seal, in the order of their sealing. */
    public Map<String, String> reels() {
        Map<String, String> reels = new LinkedHashMap<>();
        for (LedgerLine line : lines) {
            if (line.entry() instanceof Sealed sealed) {
                reels.put(sealed.reel(), sealed.seal());
            } else if (line.entry() instanceof Removed removed) {
                reels.remove(removed.reel());
            }
        }
        return reels;
    }

    /** What a new ledger must go on telling: which reels there should be, which were removed, what is pinned. */
    List<LedgerEntry> kept() {
        List<LedgerEntry> kept = new ArrayList<>(removed());
        Map<String, String> reels = reels();
        lines.stream()
                .map(LedgerLine::entry)
                .filter(entry -> entry instanceof Sealed sealed && reels.remove(sealed.reel(), sealed.seal()))
                .forEach(kept::add);
        pinned().forEach(session -> kept.add(new Pinned(session)));
        return kept;
    }

    /** Tombstones. */
    public List<Removed> removed() {
        return lines.stream()
                .map(LedgerLine::entry)
                .filter(Removed.class::isInstance)
                .map(Removed.class::cast)
                .toList();
    }

    public Set<SessionId> pinned() {
        Set<SessionId> pinned = new LinkedHashSet<>();
        for (LedgerLine line : lines) {
            if (line.entry() instanceof Pinned pin) {
                pinned.add(pin.session());
            } else if (line.entry() instanceof Unpinned unpin) {
                pinned.remove(unpin.session());
            }
        }
        return pinned;
    }
}
