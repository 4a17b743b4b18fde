package io.qmptape.analyzer.index;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilteredDocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Runs a query and hands over what matches, segment by segment, unscored. */
final class Matches {
    private Matches() {}

    interface Leaf {
        void accept(LeafReaderContext leaf, DocIdSetIterator matches) throws IOException;
    }

    static void forEachLeaf(IndexSearcher searcher, Query query, Leaf sink) throws IOException {
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                sink.accept(leaf, living(leaf.reader().getLiveDocs(), scorer.iterator()));
            }
        }
    }

    private static DocIdSetIterator living(Bits live, DocIdSetIterator matches) {
        if (live == null) {
            return matches;
        }
        return new FilteredDocIdSetIterator(matches) {
            @Override
            protected boolean match(int document) {
                return live.get(document);
            }
        };
    }
}
