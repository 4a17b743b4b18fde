package io.qmptape.store.chronicle;

import static io.qmptape.store.chronicle.QueueFile.END_OF_FILE;
import static io.qmptape.store.chronicle.QueueFile.LENGTH;
import static io.qmptape.store.chronicle.QueueFile.MAX_ENTRY;
import static io.qmptape.store.chronicle.QueueFile.NOT_COMPLETE;
import static io.qmptape.store.chronicle.QueueFile.OF_THE_QUEUE;
import static io.qmptape.store.chronicle.QueueFile.WORD;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.RecordCodec;
import io.qmptape.store.ReelScan;
import io.qmptape.store.ReelScan.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a queue's file from its first byte to its last and tells of all that is not as it was written. */
final class QueueScan {
    private final QueueFile file;
    private final String name;
    private final ReelScan sink;

    private QueueScan(QueueFile file, String name, ReelScan sink) {
        this.file = file;
        this.name = name;
        this.sink = sink;
    }

    static void read(Path path, ReelScan sink) throws IOException {
        try (QueueFile file = new QueueFile(path)) {
            new QueueScan(file, String.valueOf(path.getFileName()), sink).read();
        }
    }

    private void read() throws IOException {
        long at = 0;
        while (file.isWithin(at, 0) && file.word(at) != END_OF_FILE) {
            at = take(at, file.word(at));
        }
    }

    /** @return where to go on */
    private long take(long at, int word) throws IOException {
        if (word == 0) {
            return end(at);
        } else if ((word & NOT_COMPLETE) != 0 || !file.isWithin(at, word & LENGTH)) {
            return skip(at, "an entry that was not finished");
        } else if ((word & OF_THE_QUEUE) != 0) {
            return takeOfTheQueue(at, word & LENGTH);
        }
        Optional<QueueFile.Found> found = file.recordAt(at);
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
        return QueueFile.behind(at, length);
    }

    /** Zeros up to the end of the file, if nothing was lost. */
    private long end(long at) throws IOException {
        long next = file.nextRecord(at);
        if (file.isWithin(next, 0)) {
            sink.damage(new Place(name, at), "a hole");
        }
        return next;
    }

    private long skip(long at, String what) throws IOException {
        sink.damage(new Place(name, at), what);
        return file.nextRecord(at);
    }
}
