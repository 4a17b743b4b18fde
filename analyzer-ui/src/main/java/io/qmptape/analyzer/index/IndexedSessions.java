package io.qmptape.analyzer.index;

import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The sessions of one state of the index. Immutable. */
final class IndexedSessions implements SessionRanks {
    private static final Comparator<IndexedSession> BY_ARRIVAL = Comparator.comparingLong(
                    (IndexedSession session) -> session.summary().arrivedAtMillis())
            .thenComparing(IndexedSession::ordinal);

    private final List<SessionSummary> summaries;
    private final Map<SessionId, IndexedSession> byId = new HashMap<>();
    private final Map<Integer, Integer> ranks = new HashMap<>();

    private IndexedSessions(List<IndexedSession> sessions) {
        List<IndexedSession> sorted = sessions.stream().sorted(BY_ARRIVAL).toList();
        summaries = sorted.stream().map(IndexedSession::summary).toList();
        for (int i = 0; i < sorted.size(); i++) {
            byId.put(sorted.get(i).summary().id(), sorted.get(i));
            ranks.put(sorted.get(i).ordinal(), sorted.size() - i);
        }
    }

    static IndexedSessions read(IndexSearcher searcher) throws IOException {
        return new IndexedSessions(read(searcher, SessionStateCodec::decodeSession));
    }

    /** Reads what is kept of each session, as much of it as the decoder wants. */
    static <T> List<T> read(IndexSearcher searcher, Decoder<T> decoder) throws IOException {
        List<T> read = new ArrayList<>();
        TermQuery all = new TermQuery(new Term(IndexFields.TYPE, IndexFields.SESSION));
        StoredFields stored = searcher.storedFields();
        Matches.forEachLeaf(searcher, all, (leaf, matches) -> {
            for (int at = matches.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = matches.nextDoc()) {
                BytesRef state = stored.document(leaf.docBase + at, Set.of(IndexFields.STATE))
                        .getBinaryValue(IndexFields.STATE);
                if (state != null) {
                    read.add(decoder.decode(state));
                }
            }
        });
        return read;
    }

    interface Decoder<T> {
        T decode(BytesRef state) throws IOException;
    }

    /** By arrival. */
    List<SessionSummary> summaries() {
        return summaries;
    }

    Optional<IndexedSession> find(SessionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The latest is first. */
    @Override
    public int of(int session) {
        return ranks.getOrDefault(session, 0);
    }
}
