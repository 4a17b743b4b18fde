package io.qmptape.analyzer.index;

import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page and the command line ask of the index. Safe for threads. */
public interface MessageIndex {
    int MAX_LIMIT = 1000;

    /** All sessions indexed so far, in the order in which they came onto the tape. */
    List<SessionSummary> sessions();

    Optional<SessionSummary> session(SessionId id);

    /** How many messages of a session came in each of {@code buckets} equal parts of its duration. */
    List<Integer> activity(SessionId id, int buckets);

    /**
     * Messages of one session that match, by sequence number.
     *
     * @param query empty for all
     * @param limit at most {@value #MAX_LIMIT}
     * @throws io.qmptape.analyzer.query.QuerySyntaxException if the query cannot be read
     */
    MessagePage messages(SessionId id, String query, long offset, int limit);

    /** Messages of all sessions that match: the latest session first, within one by sequence number. */
    MessagePage search(String query, long offset, int limit);

    Optional<MessageRow> message(SessionId id, long sequence);

    /**
     * The messages of one session that have these numbers, by number; those that are not indexed are left out.
     *
     * @param sequences at most {@value #MAX_LIMIT}
     */
    List<MessageRow> messages(SessionId id, List<Long> sequences);

    /** The most frequent values of a field ({@code command}, {@code event}, {@code kind}, {@code error.class}, {@code session}) among what matches. */
    Map<String, Long> facet(String query, String field, int limit);

    /** How many records of the tape are indexed; grows while recording goes on. */
    long indexedRecords();
}
