package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.Query;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/** One state of the index: what queries see until the next refresh. Keeps the latest lists of hits, because lists are read page by page. */
final class IndexView {
    private static final int MAX_LISTS = 8;
    private static final int MAX_LIST_LENGTH = 1_000_000;
    private static final String ALL_SESSIONS = "";

    private final IndexSearcher searcher;
    private final IndexedSessions sessions;
    private final Map<List<String>, Hits> lists = new LinkedHashMap<>();

    IndexView(IndexSearcher searcher) throws IOException {
        this.searcher = searcher;
        this.sessions = IndexedSessions.read(searcher);
    }

    boolean isOf(IndexSearcher other) {
        return searcher.getIndexReader() == other.getIndexReader();
    }

    IndexedSessions sessions() {
        return sessions;
    }

    /** Where the indexing of each session stood; new objects at each call. */
    List<SessionState> readStates() throws IOException {
        return IndexedSessions.read(searcher, SessionStateCodec::decode);
    }

    /** How many records had been read at the commit that this view stands on. */
    long committedRecords() throws IOException {
        return searcher.getIndexReader() instanceof DirectoryReader reader
                ? Progress.of(reader.getIndexCommit().getUserData()).records()
                : 0;
    }

    MessagePage messages(SessionId session, String text, Range range) throws IOException {
        Query query = Query.parse(text);
        List<String> name = List.of(session.toString(), query.text());
        return page(hits(name, LuceneQueries.of(query, session), SessionRanks.NONE), range);
    }

    MessagePage search(String text, Range range) throws IOException {
        Query query = Query.parse(text);
        return page(hits(List.of(ALL_SESSIONS, query.text()), LuceneQueries.of(query), sessions), range);
    }

    List<MessageRow> messages(SessionId session, List<Long> sequences) throws IOException {
        Optional<IndexedSession> found = sessions.find(session);
        if (found.isEmpty() || sequences.isEmpty()) {
            return List.of();
        }
        int ordinal = found.get().ordinal();
        long[] keys = sequences.stream()
                .mapToLong(sequence -> IndexFields.key(ordinal, sequence))
                .toArray();
        Hits hits = Hits.of(searcher, LongPoint.newSetQuery(IndexFields.KEY, keys), SessionRanks.NONE);
        return rows(hits, new Range(0, sequences.size()));
    }

    List<Integer> activity(SessionSummary session, int buckets) throws IOException {
        long nanos = session.duration().toNanos() + 1;
        Integer[] counts = new Integer[buckets];
        Arrays.fill(counts, 0);
        Matches.forEachLeaf(searcher, LuceneQueries.of(new Query.All(), session.id()), (leaf, matches) -> {
            NumericDocValues since = DocValues.getNumeric(leaf.reader(), IndexFields.SINCE_OPEN);
            for (int at = matches.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = matches.nextDoc()) {
                if (since.advanceExact(at)) {
                    double part = (double) Math.max(0, Math.min(since.longValue(), nanos - 1)) / nanos;
                    counts[Math.min(buckets - 1, (int) (part * buckets))]++;
                }
            }
        });
        return List.of(counts);
    }

    Map<String, Long> facet(String text, String field, int limit) throws IOException {
        FacetCount counts = new FacetCount(IndexFields.facet(field));
        Matches.forEachLeaf(searcher, LuceneQueries.of(Query.parse(text)), counts::add);
        return counts.most(limit);
    }

    private Hits hits(List<String> name, org.apache.lucene.search.Query query, SessionRanks ranks) throws IOException {
        synchronized (lists) {
            Hits known = lists.remove(name);
            if (known != null) {
                lists.put(name, known);
                return known;
            }
        }
        Hits found = Hits.of(searcher, query, ranks);
        if (found.size() <= MAX_LIST_LENGTH) {
            keep(name, found);
        }
        return found;
    }

    private void keep(List<String> name, Hits hits) {
        synchronized (lists) {
            lists.put(name, hits);
            if (lists.size() > MAX_LISTS) {
                lists.remove(lists.keySet().iterator().next());
            }
        }
    }

    private MessagePage page(Hits hits, Range range) throws IOException {
        return new MessagePage(hits.size(), range.offset(), rows(hits, range));
    }

    private List<MessageRow> rows(Hits hits, Range range) throws IOException {
        List<MessageRow> rows = new ArrayList<>();
        StoredFields stored = searcher.storedFields();
        long end = Math.min(hits.size(), range.offset() + range.limit());
        for (long at = range.offset(); at < end; at++) {
            BytesRef row = stored.document(hits.document((int) at), Set.of(IndexFields.ROW))
                    .getBinaryValue(IndexFields.ROW);
            if (row != null) {
                rows.add(RowCodec.decode(row));
            }
        }
        return withReplies(rows);
    }

    /** Commands get the numbers of their replies, which came after them and so are not in their documents. */
    private List<MessageRow> withReplies(List<MessageRow> rows) throws IOException {
        Map<Long, Long> replies = replies(rows.stream()
                .filter(row -> row.pair().isEmpty())
                .mapToLong(this::key)
                .toArray());
        return rows.stream()
                .map(row -> {
                    Long reply = row.pair().isEmpty() ? replies.get(key(row)) : null;
                    return reply == null ? row : row.withPair(OptionalLong.of(reply));
                })
                .toList();
    }

    private Map<Long, Long> replies(long[] commands) throws IOException {
        Map<Long, Long> replies = new HashMap<>();
        if (commands.length > 0) {
            Matches.forEachLeaf(
                    searcher,
                    LongPoint.newSetQuery(IndexFields.ANSWERS, commands),
                    (leaf, matches) -> addReplies(leaf, matches, replies));
        }
        return replies;
    }

    private static void addReplies(LeafReaderContext leaf, DocIdSetIterator matches, Map<Long, Long> replies)
            throws IOException {
        NumericDocValues answers = DocValues.getNumeric(leaf.reader(), IndexFields.ANSWERS);
        NumericDocValues keys = DocValues.getNumeric(leaf.reader(), IndexFields.KEY);
        for (int at = matches.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = matches.nextDoc()) {
            if (answers.advanceExact(at) && keys.advanceExact(at)) {
                replies.put(answers.longValue(), IndexFields.sequenceOf(keys.longValue()));
            }
        }
    }

    private long key(MessageRow row) {
        return sessions.find(row.session())
                .map(session -> IndexFields.key(session.ordinal(), row.sequence()))
                .orElse(0L);
    }

    /** A piece of a list. */
    record Range(long offset, int limit) {
        Range {
            if (offset < 0) {
                throw new IllegalArgumentException("a list has no row " + offset + ": count from 0");
            }
            if (limit < 0 || limit > MessageIndex.MAX_LIMIT) {
                throw new IllegalArgumentException("a page has 0 to " + MessageIndex.MAX_LIMIT + " rows, not " + limit);
            }
        }
    }
}
