package io.qmptape.analyzer.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;

/** Counts the values of a field among matching documents. */
final class FacetCount {
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final String field;
    private final Map<String, Long> counts = new HashMap<>();

    FacetCount(String field) {
        this.field = field;
    }

    void add(LeafReaderContext leaf, DocIdSetIterator matches) throws IOException {
        SortedDocValues values = DocValues.getSorted(leaf.reader(), field);
        int[] ofOrdinal = new int[values.getValueCount()];
        for (int at = matches.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = matches.nextDoc()) {
            if (values.advanceExact(at)) {
                ofOrdinal[values.ordValue()]++;
            }
        }
        for (int ordinal = 0; ordinal < ofOrdinal.length; ordinal++) {
            if (ofOrdinal[ordinal] > 0) {
                counts.merge(values.lookupOrd(ordinal).utf8ToString(), (long) ofOrdinal[ordinal], Long::sum);
            }
        }
    }

    /** The most frequent first. */
    Map<String, Long> most(int limit) {
        Map<String, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(limit)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }
}
