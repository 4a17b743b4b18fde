package io.qmptape.store.care;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelFolder;
import io.qmptape.store.Room;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.files.FileMutex;
import io.qmptape.store.ledger.Seal;
import io.qmptape.store.ledger.SessionPart;
import io.qmptape.traffic.Clock;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
        List<String> sealed = Settling.of(tape);
        return new Recovered(sealed, new Recovery(tape, clock).closeBroken());
    }

    private List<SessionId> closeBroken() {
        while (true) {
            List<String> names = reels.names();
            Map<SessionId, String> broken = brokenIn(names);
            Map<SessionId, LastWords> words = lastWords(broken.keySet());
            if (words.isEmpty() || closeAll(words, broken, names)) {
                return List.copyOf(words.keySet());
            }
        }
    }

    private Map<SessionId, LastWords> lastWords(Set<SessionId> broken) {
        Map<SessionId, LastWords> words = new LinkedHashMap<>();
        for (SessionId session : broken) {
            LastWords last = new LastWords();
            tape.session(session).read(last);
            // of one whose beginning is lost as well there is nothing to go on with
            last.opened().ifPresent(opened -> words.put(session, last));
        }
        return words;
    }

    /**
     * A recorder begins its next reel before it leaves the last, and before it goes on with the sessions of one that died: with
     * no new reel but this, none of these is gone on with.
     *
     * @return false, and nothing is done, if there is one
     */
    private boolean closeAll(Map<SessionId, LastWords> words, Map<SessionId, String> broken, List<String> names) {
        Room.forFew(tape);
        try (TapeWriter writer = new TapeWriter(tape)) {
            List<String> others = new ArrayList<>(reels.names());
            others.remove(writer.reel());
            if (!others.equals(names)) {
                writer.discard();
                return false;
            }
            words.forEach((session, last) -> close(session, last, broken.getOrDefault(session, ""), writer));
            return true;
        }
    }

    /** Each reel is looked at once: as it is sealed, or as one that is being written, never as both. */
    private Map<SessionId, String> brokenIn(List<String> names) {
        Map<SessionId, String> open = new LinkedHashMap<>();
        Set<SessionId> live = new HashSet<>();
        for (String reel : names) {
            boolean isSealed = reels.isSealed(reel);
            Optional<Seal> seal = isSealed ? Settling.soundSeal(reels, reel) : Optional.empty();
            boolean isKnown = isSealed ? seal.isPresent() : canRead(reel, live);
            if (!isKnown) {
                // it may hold the ends that are missed elsewhere
                return Map.of();
            }
            seal.map(Seal::sessions).orElse(List.of()).forEach(part -> follow(part, reel, open));
        }
        open.keySet().removeAll(live);
        return open;
    }

    private boolean canRead(String reel, Set<SessionId> found) {
        try {
            reels.scan(reel, new Decoding(record -> found.add(record.session())));
            return true;
        } catch (UncheckedIOException unreadable) {
            return false;
        }
    }

    private static void follow(SessionPart part, String reel, Map<SessionId, String> open) {
        open.put(part.session(), reel);
        if (part.isClosed()) {
            open.remove(part.session());
        }
    }

    private void close(SessionId session, LastWords last, String reel, TapeWriter writer) {
        long now = clock.pair().wall().toEpochMilli();
        Opened opened = last.opened().orElseThrow();
        writer.append(
                new SessionRecord.Continued(opened, clock.pair(), last.sequence() + 1, headIn(session, reel), reel),
                now);
        writer.append(
                new SessionRecord.Closed(session, last.nanos(), CloseCause.RECORDER_DIED, Bytes.EMPTY, Bytes.EMPTY),
                now);
    }

    private Bytes headIn(SessionId session, String reel) {
        return Settling.soundSeal(reels, reel).stream()
                .flatMap(seal -> seal.sessions().stream())
                .filter(part -> part.session().equals(session))
                .map(part -> Heads.bytes(part.head()))
                .findFirst()
                .orElse(Bytes.EMPTY);
    }
}
