package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tape's records reel by reel and goes on where it stopped when more come, in these reels or new ones. Order
 * within a reel is the order of writing; between reels there is none. One thread.
 */
public final class TapeCursor implements AutoCloseable {
    private final Tape tape;
    private final Map<String, Long> start;
    private final Map<String, ReelReader> open = new LinkedHashMap<>();
    private long arrivedAtMillis;
    private boolean isStale;

    TapeCursor(Tape tape, Map<String, Long> after) {
        this.tape = tape;
        this.start = Map.copyOf(after);
    }

    /** The next record of any reel; empty when there is none for now. */
    public Optional<Placed> next() {
        Optional<Placed> known = nextOfOpenReels();
        return known.isPresent() || !openNewReels() ? known : nextOfOpenReels();
    }

    /** When the record that {@link #next} gave last came onto the tape, milliseconds since 1970. */
    public long arrivedAtMillis() {
        return arrivedAtMillis;
    }

    /**
     * Whether reels that were read are not there any more: something was deleted, or written anew. Nothing new is read then;
     * whoever keeps what it has read begins again with another cursor.
     */
    public boolean isStale() {
        return isStale;
    }

    @Override
    public void close() {
        open.values().forEach(ReelReader::close);
        open.clear();
    }

    private Optional<Placed> nextOfOpenReels() {
        for (Map.Entry<String, ReelReader> reel : open.entrySet()) {
            Optional<Bytes> bytes = nextWhole(reel.getValue());
            if (bytes.isPresent()) {
                Stored stored = RecordCodec.decode(bytes.get());
                arrivedAtMillis = stored.arrivedAtMillis();
                Position position = new Position(reel.getKey(), reel.getValue().index());
                return Optional.of(new Placed(position, stored.record()));
            }
        }
        return Optional.empty();
    }

    static Optional<Bytes> nextWhole(ReelReader reel) {
        Optional<Bytes> next = reel.next();
        while (next.isPresent() && !RecordCodec.isWhole(next.get())) {
            next = reel.next();
        }
        return next;
    }

    private boolean openNewReels() {
        boolean isNew = false;
        List<String> names = tape.reelNames();
        isStale = !names.containsAll(open.keySet()) || !names.containsAll(start.keySet());
        if (isStale) {
            return false;
        }
        for (String name : names) {
            Optional<ReelReader> opened = open.containsKey(name) ? Optional.empty() : tape.openReel(name);
            if (opened.isPresent()) {
                opened.get().moveAfter(start.getOrDefault(name, ReelReader.START));
                open.put(name, opened.get());
                isNew = true;
            }
        }
        return isNew;
    }
}
