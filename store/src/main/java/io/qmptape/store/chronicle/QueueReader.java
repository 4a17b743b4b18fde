package io.qmptape.store.chronicle;

import static io.qmptape.store.chronicle.QueueFile.LENGTH;
import static io.qmptape.store.chronicle.QueueFile.NOT_COMPLETE;
import static io.qmptape.store.chronicle.QueueFile.OF_THE_QUEUE;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelReader;
import io.qmptape.store.files.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a queue while it is written or afterwards, from its files alone. Chronicle's own reader maps them, so that a file
 * that is cut ends the process; waits ten seconds for what a dead writer left; and keeps something of every queue that was
 * ever opened, so that a page that opens one for each message slows down for good.
 *
 * <p>An index is the number of the file (upper 24 bits) and the offset of the record in it. What cannot be read is passed over
 * as soon as something whole stands behind it. Owns the file that is open.
 */
final class QueueReader implements ReelReader {
    private static final int OFFSET_BITS = 40;

    private final Supplier<List<Path>> files;
    private List<Path> known = List.of();
    private @Nullable QueueFile file;
    private int number;
    private long at;
    private long index = START;
    /** Up to where nothing whole was found behind what stands at {@code at}. */
    private long searchedTo;

    /** @param files of the queue, in the order of their writing; more may come */
    QueueReader(Supplier<List<Path>> files) {
        this.files = files;
    }

    @Override
    public void moveAfter(long given) {
        if (given == START) {
            moveTo(0, 0);
        } else {
            at(given);
        }
    }

    @Override
    public Optional<Bytes> at(long given) {
        moveTo((int) (given >>> OFFSET_BITS), given & ((1L << OFFSET_BITS) - 1));
        return next();
    }

    @Override
    public Optional<Bytes> next() {
        try {
            Optional<Bytes> record = nextInFile();
            while (record.isEmpty() && known.size() > number + 1) {
                moveTo(number + 1, 0);
                record = nextInFile();
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the reel: " + Reason.of(e), e);
        }
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public void close() {
        QueueFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Optional<Bytes> nextInFile() throws IOException {
        QueueFile open = opened();
        while (open != null) {
            int word = open.word(at);
            if (word == 0) {
                return Optional.empty();
            } else if (word == QueueFile.END_OF_FILE) {
                known = files.get();
                return Optional.empty();
            }
            boolean isComplete = (word & NOT_COMPLETE) == 0 && open.isWithin(at, word & LENGTH);
            if (isComplete && (word & OF_THE_QUEUE) != 0) {
                at = QueueFile.behind(at, word & LENGTH);
                continue;
            }
            Optional<QueueFile.Found> found = isComplete ? open.recordAt(at) : Optional.empty();
            if (found.isPresent()) {
                index = ((long) number << OFFSET_BITS) | at;
                at = found.get().next();
                return Optional.of(found.get().record());
            } else if (!isPassedOver(open)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Moves to the next whole record, if there is one; the search is not repeated while the file has not grown. */
    private boolean isPassedOver(QueueFile open) throws IOException {
        if (searchedTo >= open.size()) {
            return false;
        }
        long next = open.nextRecord(at);
        if (!open.isWithin(next, 0)) {
            searchedTo = open.size();
            return false;
        }
        at = next;
        return true;
    }

    private @Nullable QueueFile opened() throws IOException {
        if (file == null) {
            known = files.get();
            file = number < known.size() ? new QueueFile(known.get(number)) : null;
        }
        return file;
    }

    private void moveTo(int fileNumber, long offset) {
        if (fileNumber != number) {
            close();
        }
        number = fileNumber;
        at = offset;
        searchedTo = 0;
    }
}
