package io.qmptape.store.chronicle;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelScan.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a queue's file from its bytes alone: no index, no mapping, no waiting for what a dead writer left open. An entry is
 * a little-endian word (30 bits of length, one for the queue's own data, one while it is written), so many bytes, and zeros up
 * to a multiple of four. A word of zero is the end.
 *
 * <p>Where an entry is damaged, so may be the length that leads to the next one; it is looked for then.
 */
final class QueueScan {
    private static final int WORD = Integer.BYTES;
    private static final int LENGTH = 0x3fffffff;
    private static final int OF_THE_QUEUE = 1 << 30;
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int END_OF_FILE = NOT_COMPLETE | OF_THE_QUEUE;
    private static final int MAX_ENTRY = 1 + Parts.MAX_PART_BYTES;

    private final QueueFile file;
    private final String name;
    private final ReelScan sink;

    private QueueScan(QueueFile file, String name, ReelScan sink) {
        this.file = file;
        this.name = name;
        this.sink = sink;
    }

    /** @param next where the entry behind it begins */
    private record Found(Bytes record, long next) {}

    static void read(Path path, ReelScan sink) throws IOException {
        try (QueueFile file = new QueueFile(path)) {
            new QueueScan(file, String.valueOf(path.getFileName()), sink).read();
        }
    }

    private void read() throws IOException {
        long at = 0;
        while (isWithin(at, 0) && file.word(at) != END_OF_FILE) {
            at = take(at, file.word(at));
        }
    }

    /** @return where to go on */
    private long take(long at, int word) throws IOException {
        if (word == 0) {
            return end(at);
        } else if ((word & NOT_COMPLETE) != 0 || !isWithin(at, word & LENGTH)) {
            return skip(at, "an entry that was not finished");
        } else if ((word & OF_THE_QUEUE) != 0) {
            return takeOfTheQueue(at, word & LENGTH);
        }
        Optional<Found> found = recordAt(at);
        if (found.isEmpty()) {
            return skip(at, "a record that breaks off or whose checksum does not fit");
        }
        sink.record(new Place(name, at), found.get().record());
        return found.get().next();
    }

    /** The queue's own data; or a record that a changed bit has made look like it. */
    private long takeOfTheQueue(long at, int length) throws IOException {
        if (length > 1 && length <= MAX_ENTRY) {
            byte[] octets = file.octets(at + WORD, length);
            Bytes record = Bytes.lend(octets).from(1);
            if (Parts.ofCode(octets[0]).isPresent() && RecordCodec.isWhole(record)) {
                sink.damage(new Place(name, at), "a record that is marked as none");
                sink.record(new Place(name, at), record);
            }
        }
        return behind(at, length);
    }

    /** Zeros up to the end of the file, if nothing was lost. */
    private long end(long at) throws IOException {
        long next = nextRecord(at);
        if (isWithin(next, 0)) {
            sink.damage(new Place(name, at), "a hole");
        }
        return next;
    }

    private long skip(long at, String what) throws IOException {
        sink.damage(new Place(name, at), what);
        return nextRecord(at);
    }

    private long nextRecord(long at) throws IOException {
        long next = at + WORD;
        while (isWithin(next, 0) && recordAt(next).isEmpty()) {
            next += WORD;
        }
        return next;
    }

    /** The whole record that begins there, of one entry or more. */
    private Optional<Found> recordAt(long begin) throws IOException {
        List<Bytes> parts = new ArrayList<>();
        long at = begin;
        while (isEntry(at)) {
            byte[] octets = file.octets(at + WORD, file.word(at));
            Parts part = Parts.ofCode(octets[0]).orElseThrow();
            if (part.begins() != parts.isEmpty()) {
                break;
            }
            parts.add(Bytes.lend(octets).from(1));
            at = behind(at, octets.length);
            if (part.ends()) {
                Bytes record = Bytes.join(parts);
                return RecordCodec.isWhole(record) ? Optional.of(new Found(record, at)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Judged by its length and kind: all but the last part of a record are full. */
    private boolean isEntry(long at) throws IOException {
        if (!isWithin(at, 0)) {
            return false;
        }
        int length = file.word(at);
        if (length < 1 || length > MAX_ENTRY || !isWithin(at, length)) {
            return false;
        }
        Optional<Parts> part = Parts.ofCode(file.octets(at + WORD, 1)[0]);
        return part.isPresent() && (part.get().ends() || length == MAX_ENTRY);
    }

    private boolean isWithin(long at, int length) {
        return at + WORD + length <= file.size();
    }

    private static long behind(long at, int length) {
        long end = at + WORD + length;
        return (end + WORD - 1) / WORD * WORD;
    }
}
