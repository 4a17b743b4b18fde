package io.qmptape.store.chronicle;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.packing.ReelBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A queue's file as bytes: no index, no mapping, no waiting for what a writer left open. An entry is a little-endian word (30
 * bits of length, one for the queue's own data, one while it is written), so many bytes, and zeros up to a multiple of four.
 * A word of zero is the end so far. A writer completes the word last, so what a complete one announces is there.
 *
 * <p>Read through a window that moves along; what may have changed since is read again. One thread.
 */
final class QueueFile implements AutoCloseable {
    static final int WORD = Integer.BYTES;
    static final int LENGTH = 0x3fffffff;
    static final int OF_THE_QUEUE = 1 << 30;
    static final int NOT_COMPLETE = 1 << 31;
    static final int END_OF_FILE = NOT_COMPLETE | OF_THE_QUEUE;
    static final int MAX_ENTRY = 1 + Parts.MAX_PART_BYTES;

    private static final int WINDOW = 256 << 10;
    private static final long MAX_RECORD = 512L << 20;
    /**
     * How much is read in vain for each byte of the file before the rest of it counts as damage: a file can be made so that
     * each word in it looks like the beginning of a record.
     */
    private static final int PATIENCE = 32;

    private final ReelBytes file;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    private long windowAt;
    private long size;
    private long readInVain;

    QueueFile(Path path) throws IOException {
        this.file = ReelBytes.open(path);
        this.size = file.size();
        window.limit(0);
    }

    /** @param next where the entry behind it begins */
    record Found(Bytes record, long next) {}

    /** Zero behind the end of the file. */
    int word(long at) throws IOException {
        if (!isWithin(at, 0)) {
            return 0;
        }
        int word = window.getInt(move(at, WORD));
        if ((word & ~LENGTH) != 0 || word == 0) {
            load(at, WORD);
            word = window.limit() < WORD ? 0 : window.getInt(0);
        }
        return word;
    }

    /** @throws IOException if the file was cut while it was read */
    byte[] octets(long at, int length) throws IOException {
        byte[] octets = new byte[length];
        window.get(move(at, length), octets);
        return octets;
    }

    /** Whether the file has so many bytes behind the word there. */
    boolean isWithin(long at, int length) throws IOException {
        long end = at + WORD + length;
        if (end > size) {
            size = file.size();
        }
        return end <= size;
    }

    /** The whole record that begins there, of one entry or more. */
    Optional<Found> recordAt(long begin) throws IOException {
        List<Bytes> parts = new ArrayList<>();
        long at = begin;
        while (at - begin <= MAX_RECORD && isEntry(at)) {
            byte[] octets = octets(at + WORD, word(at));
            Parts part = Parts.ofCode(octets[0]).orElseThrow();
            if (part.begins() != parts.isEmpty()) {
                break;
            }
            parts.add(Bytes.lend(octets).from(1));
            at = behind(at, octets.length);
            if (part.ends()) {
                Bytes record = Bytes.join(parts);
                if (RecordCodec.isWhole(record)) {
                    return Optional.of(new Found(record, at));
                }
                break;
            }
        }
        readInVain += at - begin;
        return Optional.empty();
    }

    /** Where the next whole record behind an entry that cannot be read begins; the end of the file if there is none. */
    long nextRecord(long at) throws IOException {
        long next = at + WORD;
        while (isWithin(next, 0)
                && readInVain / PATIENCE <= size
                && recordAt(next).isEmpty()) {
            next += WORD;
        }
        return readInVain / PATIENCE <= size ? next : Math.max(next, size);
    }

    /** As far as it is known by now. */
    long size() throws IOException {
        size = file.size();
        return size;
    }

    /** What is not as it was packed. */
    List<ReelBytes.Damage> damages() throws IOException {
        return file.damages();
    }

    static long behind(long at, int length) {
        long end = at + WORD + length;
        return (end + WORD - 1) / WORD * WORD;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Judged by its length and kind: all but the last part of a record are full. */
    private boolean isEntry(long at) throws IOException {
        if (!isWithin(at, 0)) {
            return false;
        }
        int length = window.getInt(move(at, WORD));
        if (length < 1 || length > MAX_ENTRY || !isWithin(at, length)) {
            return false;
        }
        Optional<Parts> part = Parts.ofCode(window.get(move(at + WORD, 1)));
        return part.isPresent() && (part.get().ends() || length == MAX_ENTRY);
    }

    /** Where in the window it is then. */
    private int move(long at, int length) throws IOException {
        if (at < windowAt || at + length > windowAt + window.limit()) {
            load(at, length);
            if (window.limit() < length) {
                throw new IOException("the file was cut while it was read");
            }
        }
        return (int) (at - windowAt);
    }

    /** At least so much of it as is there; what comes with that at no cost too. */
    private void load(long at, int length) throws IOException {
        windowAt = at;
        window.clear();
        while (window.position() < length && file.read(window, windowAt + window.position()) >= 0) {
            continue;
        }
        window.flip();
    }
}
