package io.qmptape.store;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.traffic.SessionId;
import java.util.HashMap;
import java.util.Map;

/** Appends records to a reel of its own, with checksum and hash chain. Owns the reel; one thread. */
public final class TapeWriter implements AutoCloseable {
    private final String reel;
    private final ReelWriter writer;
    private final Map<SessionId, HashChain> chains = new HashMap<>();

    public TapeWriter(Tape tape) {
        Tape.NewReel made = tape.newReel();
        this.reel = made.name();
        this.writer = made.writer();
    }

    public String reel() {
        return reel;
    }

    /**
     * @param arrivedAtMillis the time of day, milliseconds since 1970
     * @throws java.io.UncheckedIOException if the record is not on the tape; the reel is finished then
     */
    public void append(SessionRecord record, long arrivedAtMillis) {
        HashChain chain = chains.computeIfAbsent(record.session(), HashChain::begin);
        Bytes bytes = RecordCodec.encode(record, arrivedAtMillis, chain.head());
        writer.append(bytes);
        chain.add(bytes);
        if (record instanceof Closed) {
            chains.remove(record.session());
        }
    }

    /** The head of a session's hash chain after its last record on this reel. */
    public Bytes chainHead(SessionId session) {
        return chains.computeIfAbsent(session, HashChain::begin).head();
    }

    @Override
    public void close() {
        writer.close();
    }
}
