package io.qmptape.store.chronicle;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.ReelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** Reads one queue. Owns it. */
final class ChronicleReader implements ReelReader {
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final List<Bytes> parts = new ArrayList<>();
    private long beganAt;
    private long index = START;

    ChronicleReader(SingleChronicleQueue queue) {
        this.queue = queue;
        this.tailer = queue.createTailer();
    }

    @Override
    public void moveAfter(long given) {
        parts.clear();
        if (given == START) {
            tailer.toStart();
        } else if (tailer.moveToIndex(given)) {
            next();
        } else {
            tailer.toEnd();
        }
    }

    @Override
    public Optional<Bytes> next() {
        while (true) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return Optional.empty();
                }
                Optional<Bytes> whole = take(document);
                if (whole.isPresent()) {
                    return whole;
                }
            }
        }
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public Optional<Bytes> at(long given) {
        parts.clear();
        return tailer.moveToIndex(given) ? next() : Optional.empty();
    }

    @Override
    public void close() {
        tailer.close();
        queue.close();
    }

    private Optional<Bytes> take(DocumentContext document) {
        var in = document.wire().bytes();
        Optional<Parts> kind = Parts.ofCode(in.readRemaining() > 0 ? in.readByte() : -1);
        if (kind.isEmpty()) {
            parts.clear();
            return Optional.empty();
        }
        Parts part = kind.get();
        byte[] octets = new byte[(int) in.readRemaining()];
        in.read(octets);
        if (part.begins()) {
            parts.clear();
            beganAt = document.index();
        }
        parts.add(Bytes.lend(octets));
        if (!part.ends()) {
            return Optional.empty();
        }
        Bytes whole = Bytes.join(parts);
        parts.clear();
        index = beganAt;
        return Optional.of(whole);
    }
}
