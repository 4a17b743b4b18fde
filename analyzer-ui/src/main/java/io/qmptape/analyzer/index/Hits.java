package io.qmptape.analyzer.index;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.IntroSorter;

/**
 * All documents that match, in the order in which lists show them. Sorting everything once, in plain arrays, makes any
 * offset as cheap as the first; a heap of the best would be as long as the offset.
 */
final class Hits {
    private int[] documents = new int[256];
    private long[] order = new long[256];
    private int size;

    private Hits() {}

    static Hits of(IndexSearcher searcher, Query query, SessionRanks ranks) throws IOException {
        Hits hits = new Hits();
        Matches.forEachLeaf(searcher, query, (leaf, matches) -> hits.collect(leaf, matches, ranks));
        hits.sort();
        return hits;
    }

    int size() {
        return size;
    }

    int document(int position) {
        return documents[position];
    }

    private void collect(LeafReaderContext leaf, DocIdSetIterator matches, SessionRanks ranks) throws IOException {
        NumericDocValues keys = DocValues.getNumeric(leaf.reader(), IndexFields.KEY);
        for (int at = matches.nextDoc(); at != DocIdSetIterator.NO_MORE_DOCS; at = matches.nextDoc()) {
            if (keys.advanceExact(at)) {
                long key = keys.longValue();
                add(
                        leaf.docBase + at,
                        IndexFields.key(ranks.of(IndexFields.sessionOf(key)), IndexFields.sequenceOf(key)));
            }
        }
    }

    private void add(int document, long place) {
        documents = ArrayUtil.grow(documents, size + 1);
        order = ArrayUtil.grow(order, size + 1);
        documents[size] = document;
        order[size++] = place;
    }

    private void sort() {
        boolean isSorted = true;
        for (int i = 1; i < size && isSorted; i++) {
            isSorted = order[i - 1] <= order[i];
        }
        if (!isSorted) {
            new ByOrder().sort(0, size);
        }
        documents = Arrays.copyOf(documents, size);
        order = new long[0];
    }

    private final class ByOrder extends IntroSorter {
        private long pivot;

        @Override
        protected void setPivot(int i) {
            pivot = order[i];
        }

        @Override
        protected int comparePivot(int j) {
            return Long.compare(pivot, order[j]);
        }

        @Override
        protected void swap(int i, int j) {
            int document = documents[i];
            documents[i] = documents[j];
            documents[j] = document;
            long place = order[i];
            order[i] = order[j];
            order[j] = place;
        }
    }
}
