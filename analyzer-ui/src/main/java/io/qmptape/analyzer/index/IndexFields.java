package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.QueryField;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/** Names of the index's fields. Fields that queries name are named by {@link QueryField#word}; their number never grows with what was recorded. */
final class IndexFields {
    /** {@code message} or {@code session}. */
    static final String TYPE = "type";

    static final String MESSAGE = "message";
    static final String SESSION = "session";
    /** A message's {@link #key}, as point and as value. */
    static final String KEY = "key";
    /** Of a reply, the key of its command. */
    static final String ANSWERS = "answers";
    /** Nanoseconds since the session's opening. */
    static final String SINCE_OPEN = "since-open";

    static final String ROW = "row";
    /** Of a session's own document: its id, and what continues it. */
    static final String SESSION_ID = "session-id";

    static final String STATE = "state";

    static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    static final FieldType TERMS = type(IndexOptions.DOCS);

    private static final int SEQUENCE_BITS = 40;

    private IndexFields() {}

    /** Values of a field of words as a whole. */
    static String whole(QueryField field) {
        return field.word() + ".whole";
    }

    static String facet(String field) {
        return "facet." + field;
    }

    /** One number for session and sequence, so that the order of keys is that of sessions, and in them of messages. */
    static long key(int session, long sequence) {
        return (long) session << SEQUENCE_BITS | sequence & (1L << SEQUENCE_BITS) - 1;
    }

    static int sessionOf(long key) {
        return (int) (key >>> SEQUENCE_BITS);
    }

    static long sequenceOf(long key) {
        return key & (1L << SEQUENCE_BITS) - 1;
    }

    private static FieldType type(IndexOptions options) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }
}
