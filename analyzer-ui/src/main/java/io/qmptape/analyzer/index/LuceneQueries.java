package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.Lookup;
import io.qmptape.analyzer.query.Query;
import io.qmptape.analyzer.query.QueryField;
import io.qmptape.traffic.SessionId;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;

/** Translates queries for Lucene. */
final class LuceneQueries
        implements Query.Cases<org.apache.lucene.search.Query>, Lookup.Cases<org.apache.lucene.search.Query> {
    /** Messages of all sessions that match. */
    static org.apache.lucene.search.Query of(Query query) {
        return messages(query).build();
    }

    /** Messages of one session that match. */
    static org.apache.lucene.search.Query of(Query query, SessionId session) {
        Term term = new Term(QueryField.SESSION.word(), session.toString());
        return messages(query).add(new TermQuery(term), Occur.FILTER).build();
    }

    @Override
    public org.apache.lucene.search.Query all() {
        return new TermQuery(new Term(IndexFields.TYPE, IndexFields.MESSAGE));
    }

    @Override
    public org.apache.lucene.search.Query and(List<Query> queries) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        queries.forEach(query -> builder.add(query.accept(this), Occur.FILTER));
        return builder.build();
    }

    @Override
    public org.apache.lucene.search.Query or(List<Query> queries) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        queries.forEach(query -> builder.add(query.accept(this), Occur.SHOULD));
        return builder.build();
    }

    @Override
    public org.apache.lucene.search.Query not(Query query) {
        return new BooleanQuery.Builder()
                .add(all(), Occur.FILTER)
                .add(query.accept(this), Occur.MUST_NOT)
                .build();
    }

    @Override
    public org.apache.lucene.search.Query term(Lookup lookup) {
        return lookup.accept(this);
    }

    @Override
    public org.apache.lucene.search.Query exact(Lookup.Exact lookup) {
        return new TermQuery(new Term(lookup.field().word(), lookup.term()));
    }

    @Override
    public org.apache.lucene.search.Query matching(Lookup.Matching lookup) {
        GlobQuery terms = new GlobQuery(lookup.field().word(), lookup.glob());
        if (!lookup.field().holdsWords()) {
            return terms;
        }
        return new BooleanQuery.Builder()
                .add(terms, Occur.SHOULD)
                .add(new GlobQuery(IndexFields.whole(lookup.field()), lookup.glob()), Occur.SHOULD)
                .build();
    }

    @Override
    public org.apache.lucene.search.Query between(Lookup.Between lookup) {
        return TermRangeQuery.newStringRange(lookup.field().word(), lookup.low(), lookup.high(), true, true);
    }

    @Override
    public org.apache.lucene.search.Query number(Lookup.Number lookup) {
        return LongPoint.newRangeQuery(lookup.field().word(), lookup.low(), lookup.high());
    }

    @Override
    public org.apache.lucene.search.Query phrase(Lookup.Phrase lookup) {
        String field = lookup.field().word();
        if (lookup.words().size() == 1) {
            return new TermQuery(new Term(field, lookup.words().get(0)));
        }
        return new PhraseQuery(field, lookup.words().toArray(String[]::new));
    }

    private static BooleanQuery.Builder messages(Query query) {
        LuceneQueries translation = new LuceneQueries();
        return new BooleanQuery.Builder()
                .add(translation.all(), Occur.FILTER)
                .add(query.accept(translation), Occur.FILTER);
    }
}
