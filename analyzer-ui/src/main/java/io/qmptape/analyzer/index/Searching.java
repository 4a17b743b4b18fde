package io.qmptape.analyzer.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;

/** Lends views of the index and renews them. Safe for threads. Owns its readers. */
final class Searching implements AutoCloseable {
    private final SearcherManager searchers;
    private final boolean isOwnWriter;
    private volatile @Nullable IndexView view;

    private Searching(SearcherManager searchers, boolean isOwnWriter) {
        this.searchers = searchers;
        this.isOwnWriter = isOwnWriter;
    }

    /** Sees what this process writes once {@link #refresh} is called. */
    static Searching in(IndexWriter writer) throws IOException {
        return new Searching(new SearcherManager(writer, null), true);
    }

    /** Sees what another process has committed, whenever it is asked. */
    static Searching over(DirectoryReader reader) throws IOException {
        return new Searching(new SearcherManager(reader, null), false);
    }

    interface Question<R> {
        R ask(IndexView view) throws IOException;
    }

    <R> R ask(Question<R> question) {
        try {
            if (!isOwnWriter) {
                searchers.maybeRefresh();
            }
            IndexSearcher searcher = searchers.acquire();
            try {
                return question.ask(view(searcher));
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the index cannot be read (" + e.getMessage() + "): delete it, it is built anew from the tape", e);
        }
    }

    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    @Override
    public void close() throws IOException {
        searchers.close();
    }

    private IndexView view(IndexSearcher searcher) throws IOException {
        IndexView known = view;
        if (known == null || !known.isOf(searcher)) {
            known = new IndexView(searcher);
            view = known;
        }
        return known;
    }
}
