package io.qmptape.analyzer.index;

import io.qmptape.conversation.Pairing.Asked;
import io.qmptape.protocol.Message;
import io.qmptape.store.Placed;
import io.qmptape.store.Position;
import io.qmptape.store.ReelReader;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Continued;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeCursor;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a tape's records into the index. Owns the writer. Safe for threads by its lock; a cursor belongs to the thread
 * that opened it, and records that another cursor has brought already are skipped.
 */
final class TapeIndexing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapeIndexing.class);
    private static final int MAX_DAMAGED_IN_A_ROW = 1000;

    private final Tape tape;
    private final IndexWriter writer;
    private final String tapeId;
    private final Map<SessionId, SessionState> sessions = new HashMap<>();
    private final Map<String, Long> reels;
    private final Set<SessionState> changed = new LinkedHashSet<>();
    private volatile long records;
    private boolean isUncommitted;

    TapeIndexing(Tape tape, IndexWriter writer, Iterable<SessionState> known) {
        Progress progress = Progress.of(IndexFolder.userData(writer));
        this.tape = tape;
        this.writer = writer;
        this.tapeId = progress.tape();
        this.reels = new HashMap<>(progress.reels());
        this.records = progress.records();
        known.forEach(state -> sessions.put(state.summary().id(), state));
    }

    /** Stands behind what is indexed; the caller's to close, on the same thread. */
    synchronized TapeCursor cursor() {
        return tape.cursor(reels);
    }

    /**
     * Indexes what there is, up to a number of records.
     *
     * @return how many records were read
     */
    synchronized int drain(TapeCursor cursor, int limit) throws IOException {
        int read = 0;
        Optional<Placed> next = next(cursor);
        while (next.isPresent()) {
            add(next.get(), cursor.arrivedAtMillis());
            if (++read == limit) {
                break;
            }
            next = next(cursor);
        }
        if (read > 0) {
            keepSessions();
        }
        return read;
    }

    /** Forgets all that is indexed: something of it is not on the tape any more. */
    synchronized void startOver() throws IOException {
        LOG.info("sessions were deleted from the tape, or reels written anew: the index is built anew");
        writer.deleteAll();
        sessions.clear();
        reels.clear();
        changed.clear();
        records = 0;
        isUncommitted = true;
    }

    synchronized void commit() throws IOException {
        if (isUncommitted) {
            new Progress(tapeId, records, reels).commit(writer);
            isUncommitted = false;
        }
    }

    long records() {
        return records;
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer.isOpen()) {
            commit();
            writer.close();
        }
    }

    /** A record that cannot be read is skipped: the tape's own checks tell of it. */
    private static Optional<Placed> next(TapeCursor cursor) {
        for (int damaged = 0; damaged < MAX_DAMAGED_IN_A_ROW; damaged++) {
            try {
                return cursor.next();
            } catch (IllegalArgumentException unreadable) {
                LOG.warn("a record of the tape is skipped: {}", unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    private void add(Placed placed, long arrivedAtMillis) throws IOException {
        Position position = placed.position();
        if (position.index() <= reels.getOrDefault(position.reel(), ReelReader.START)) {
            return;
        }
        SessionState session = session(placed.record(), arrivedAtMillis);
        if (session != null) {
            session.count(placed.record());
            changed.add(session);
            if (placed.record() instanceof FrameRecorded recorded) {
                add(session, recorded, position);
            }
        }
        reels.put(position.reel(), position.index());
        isUncommitted = true;
        records++;
    }

    private void add(SessionState session, FrameRecorded recorded, Position position) throws IOException {
        Message message = recorded.read();
        Optional<Asked> asked = session.pair(recorded, message);
        session.count(recorded, message);
        writer.addDocument(new MessageDocument(session, recorded, message, asked).at(position));
    }

    /** Null for a record of a session whose opening is not on the tape. */
    private @Nullable SessionState session(SessionRecord record, long arrivedAtMillis) {
        if (record instanceof Opened opened) {
            return begin(opened, arrivedAtMillis);
        }
        return record instanceof Continued continued
                ? begin(continued.opened(), arrivedAtMillis)
                : sessions.get(record.session());
    }

    private SessionState begin(Opened opened, long arrivedAtMillis) {
        return sessions.computeIfAbsent(
                opened.session(), id -> new SessionState(sessions.size() + 1, opened, arrivedAtMillis));
    }

    private void keepSessions() throws IOException {
        for (SessionState session : changed) {
            String id = session.summary().id().toString();
            Document document = new Document();
            document.add(new StringField(IndexFields.TYPE, IndexFields.SESSION, Field.Store.NO));
            document.add(new StringField(IndexFields.SESSION_ID, id, Field.Store.NO));
            document.add(new StoredField(IndexFields.STATE, SessionStateCodec.encode(session)));
            writer.updateDocument(new Term(IndexFields.SESSION_ID, id), document);
        }
        changed.clear();
    }
}
