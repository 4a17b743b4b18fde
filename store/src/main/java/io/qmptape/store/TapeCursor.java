package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec.Stored;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a tape's records reel by reel and goes on where it stopped when more come, in these reels or new ones. Order
 * within a reel is the order of writing; between reels there is none. One thread.
 */
public final class TapeCursor implements AutoCloseable {
    private final Tape tape;
    private final Map<String, Long> start;
    private final Map<String, ReelReader> open = new LinkedHashMap<>();
    /** Reels that are sealed and read to their end. */
    private final Set<String> finished = new HashSet<>();
    /** Those of them that held nothing: whether they are there makes no difference. */
    private final Set<String> empty = new HashSet<>();

    /** The reel that is read to its end before another one is asked. */
    private Optional<String> current = Optional.empty();

    private long arrivedAtMillis;
    private boolean isStale;

    TapeCursor(Tape tape, Map<String, Long> after) {
        this.tape = tape;
        this.start = Map.copyOf(after);
    }

    /** The next record of any reel; empty when there is none for now. */
    public Optional<Placed> next() {
        Optional<Placed> next = current.flatMap(this::nextOf);
        if (next.isPresent()) {
            return next;
        }
        for (String reel : List.copyOf(open.keySet())) {
            next = nextOf(reel);
            if (next.isPresent()) {
                current = Optional.of(reel);
                return next;
            }
        }
        return nextOfNewReels();
    }

    /** When the record that {@link #next} gave last came onto the tape, milliseconds since 1970. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /**
     * Whether reels that something was read of are not there any more: it was deleted, or written anew. Nothing new is read
     * then; whoever keeps what it has read begins again with another cursor.
     */
    public boolean isStale() {
        return isStale;
    }

    @Override
    public void close() {
        open.values().forEach(ReelReader::close);
        open.clear();
    }

    private Optional<Placed> nextOfNewReels() {
        Optional<Placed> next = Optional.empty();
        while (next.isEmpty() && openNextReel()) {
            next = current.flatMap(this::nextOf);
        }
        return next;
    }

    private Optional<Placed> nextOf(String reel) {
        ReelReader reader = open.get(reel);
        if (reader == null) {
            return Optional.empty();
        }
        Optional<Bytes> bytes = nextWhole(reader);
        if (bytes.isEmpty() && tape.reels().isSealed(reel)) {
            // what came between the look and the seal
            bytes = nextWhole(reader);
            if (bytes.isEmpty()) {
                finish(reel);
            }
        }
        return bytes.map(record -> placed(reel, reader.index(), record));
    }

    private Placed placed(String reel, long index, Bytes bytes) {
        Stored stored = RecordCodec.decode(bytes);
        arrivedAtMillis = stored.arrivedAtMillis();
        return new Placed(new Position(reel, index), stored.record());
    }

    private void finish(String reel) {
        ReelReader reader = open.remove(reel);
        if (reader != null) {
            reader.close();
            (isUnread(reader) ? empty : finished).add(reel);
        }
    }

    private static boolean isUnread(ReelReader reader) {
        return reader.index() == ReelReader.START;
    }

    /** A recorder that cannot write makes a reel each time it tries, and discards it. */
    private void forgetDiscarded(List<String> names) {
        for (String reel : List.copyOf(open.keySet())) {
            ReelReader reader = open.get(reel);
            if (reader != null && isUnread(reader) && !names.contains(reel)) {
                finish(reel);
            }
        }
    }

    static Optional<Bytes> nextWhole(ReelReader reel) {
        Optional<Bytes> next = reel.next();
        while (next.isPresent() && !RecordCodec.isWhole(next.get())) {
            next = reel.next();
        }
        return next;
    }

    /** One at a time: a tape may have more reels than a process may open. */
    private boolean openNextReel() {
        List<String> names = tape.reelNames();
        forgetDiscarded(names);
        isStale =
                !names.containsAll(open.keySet()) || !names.containsAll(finished) || !names.containsAll(start.keySet());
        if (isStale) {
            return false;
        }
        for (String name : names) {
            boolean isKnown = open.containsKey(name) || finished.contains(name) || empty.contains(name);
            Optional<ReelReader> opened = isKnown ? Optional.empty() : tape.openReel(name);
            if (opened.isPresent()) {
                opened.get().moveAfter(start.getOrDefault(name, ReelReader.START));
                open.put(name, opened.get());
                current = Optional.of(name);
                return true;
            }
        }
        return false;
    }
}
