package io.qmptape.analyzer.index;

import io.qmptape.analyzer.query.Glob;
import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Documents with a term that fits a pattern. Unlike Lucene's wildcards it compiles no automaton, which a hostile pattern could blow up. */
final class GlobQuery extends MultiTermQuery {
    private final Glob glob;

    GlobQuery(String field, Glob glob) {
        super(field, CONSTANT_SCORE_BLENDED_REWRITE);
        this.glob = glob;
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
        return new Fitting(terms.iterator(), glob);
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public String toString(String field) {
        return this.field + ":" + glob.prefix() + "…";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobQuery that && field.equals(that.field) && glob.equals(that.glob);
    }

    @Override
    public int hashCode() {
        return Objects.hash(field, glob);
    }

    private static final class Fitting extends FilteredTermsEnum {
        private final Glob glob;
        private final BytesRef prefix;

        Fitting(TermsEnum terms, Glob glob) {
            super(terms);
            this.glob = glob;
            this.prefix = new BytesRef(glob.prefix());
            setInitialSeekTerm(prefix);
        }

        @Override
        protected AcceptStatus accept(BytesRef term) {
            if (!StringHelper.startsWith(term, prefix)) {
                return AcceptStatus.END;
            }
            return glob.matches(term.utf8ToString()) ? AcceptStatus.YES : AcceptStatus.NO;
        }
    }
}
