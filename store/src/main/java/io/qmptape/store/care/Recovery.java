package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelContents;
import io.qmptape.store.ReelFolder;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.files.Reason;
import io.qmptape.store.ledger.LedgerEntry.Removed;
import io.qmptape.store.ledger.LedgerState;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SealFile;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts in order what died in the middle of its work: seals the reels of dead recorders as they are, closes the sessions that
 * nobody goes on with, and ends what was begun of other care. Not a byte of a reel that is there is changed.
 */
public final class Recovery {
    private final Tape tape;
    private final ReelFolder reels;
    private final Clock clock;

    private Recovery(Tape tape, Clock clock) {
        this.tape = tape;
        this.reels = tape.reels();
        this.clock = clock;
    }

    /**
     * @param reels that were sealed now
     * @param sessions that were closed now, with the cause "recorder died"
     */
    public record Recovered(List<String> reels, List<SessionId> sessions) {
        public Recovered {
            reels = List.copyOf(reels);
            sessions = List.copyOf(sessions);
        }
    }

    /** @throws UncheckedIOException if the tape cannot be written */
    public static Recovered of(Tape tape, Clock clock) {
        try (FileMutex alone = CareLock.of(tape)) {
            return locked(tape, clock);
        }
    }

    static Recovered locked(Tape tape, Clock clock) {
        Recovery recovery = new Recovery(tape, clock);
        return new Recovered(recovery.settle(), recovery.closeBroken());
    }

    /** All but the closing of sessions: where reels are damaged, nobody knows yet which of them have no end. */
    static List<String> settle(Tape tape, Clock clock) {
        return new Recovery(tape, clock).settle();
    }

    private List<String> settle() {
        try {
            reels.sweep();
            LedgerState ledger = tape.ledger().read();
            endInterrupted(ledger);
            // a reel that lost its seal is damaged: that is for Repair
            Set<String> known = ledger.reels().keySet();
            return reels.all().stream()
                    .filter(reel -> !isSealed(reel) && !known.contains(reel))
                    .filter(this::seal)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot recover the tape " + tape.directory() + ": " + Reason.of(e), e);
        }
    }

    /** What stood between a seal and the ledger, or between the ledger and the deletion, when its process died. */
    private void endInterrupted(LedgerState ledger) throws IOException {
        Map<String, String> known = ledger.reels();
        for (Removed removed : ledger.removed()) {
            if (!known.containsKey(removed.reel())) {
                reels.remove(removed.reel());
            }
        }
        for (String reel : reels.all()) {
            Optional<Seal> seal = known.containsKey(reel) ? Optional.empty() : soundSeal(reel);
            if (seal.isPresent() && !reels.isBeingWritten(reel)) {
                tape.enter(seal.get());
            }
        }
    }

    private Optional<Seal> soundSeal(String reel) {
        try {
            return reels.seal(reel).filter(seal -> seal.reel().equals(reel));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private boolean isSealed(String reel) {
        return SealFile.isIn(reels.path(reel));
    }

    /** False while its writer lives. */
    private boolean seal(String reel) {
        Optional<FileMutex> lock = reels.tryLock(reel);
        if (lock.isEmpty()) {
            return false;
        }
        try {
            if (!isSealed(reel)) {
                ReelContents contents = new ReelContents();
                reels.scan(reel, new Counting(contents));
                tape.seal(reel, contents);
            }
            return true;
        } finally {
            lock.get().closeAndDelete();
        }
    }

    private List<SessionId> closeBroken() {
        if (reels.names().stream()
                .anyMatch(reel -> isSealed(reel) && soundSeal(reel).isEmpty())) {
            // it may hold the ends that are missed elsewhere
            return List.of();
        }
        Map<SessionId, String> open = openInSealed();
        open.keySet().removeAll(inUnsealed());
        if (!open.isEmpty()) {
            try (TapeWriter writer = new TapeWriter(tape)) {
                open.forEach((session, reel) -> close(session, reel, writer));
            }
        }
        return List.copyOf(open.keySet());
    }

    /** Sessions whose last records, as far as reels are sealed, are no end; with the reel of these records. */
    private Map<SessionId, String> openInSealed() {
        Map<SessionId, String> open = new LinkedHashMap<>();
        for (String reel : reels.names()) {
            for (SessionPart part : soundSeal(reel).map(Seal::sessions).orElse(List.of())) {
                open.put(part.session(), reel);
                if (part.isClosed()) {
                    open.remove(part.session());
                }
            }
        }
        return open;
    }

    private Set<SessionId> inUnsealed() {
        Set<SessionId> found = new HashSet<>();
        for (String reel : reels.names()) {
            if (!isSealed(reel)) {
                reels.scan(reel, new Decoding(record -> found.add(record.session())));
            }
        }
        return found;
    }

    private void close(SessionId session, String reel, TapeWriter writer) {
        LastWords last = new LastWords();
        tape.session(session).read(last);
        last.opened().ifPresent(opened -> {
            long now = clock.pair().wall().toEpochMilli();
            Bytes head = headIn(session, reel);
            writer.append(new SessionRecord.Continued(opened, clock.pair(), last.sequence() + 1, head, reel), now);
            writer.append(
                    new SessionRecord.Closed(session, last.nanos(), CloseCause.RECORDER_DIED, Bytes.EMPTY, Bytes.EMPTY),
                    now);
        });
    }

    private Bytes headIn(SessionId session, String reel) {
        return soundSeal(reel).stream()
                .flatMap(seal -> seal.sessions().stream())
                .filter(part -> part.session().equals(session))
                .map(part -> Heads.bytes(part.head()))
                .findFirst()
                .orElse(Bytes.EMPTY);
    }
}
