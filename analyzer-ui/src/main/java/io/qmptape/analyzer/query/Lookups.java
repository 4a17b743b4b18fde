package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.Match.Bound;
import io.qmptape.analyzer.query.Match.Literal;
import io.qmptape.analyzer.query.Match.Pattern;
import io.qmptape.analyzer.query.Match.Range;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Turns a term of a query into the look-up that answers it. */
final class Lookups {
    static final int MAX_PHRASE_WORDS = 64;

    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private Lookups() {}

    static Lookup of(Query.Term term) {
        return switch (term.field().reading()) {
            case TERMS, CHOICE -> terms(term.field(), term.match());
            case PREFIX -> prefix(term.field(), term.match());
            case WORDS -> words(term.field(), term.match());
            case MEMBERS -> members(term);
            case NUMBER, DURATION -> numbers(term.field(), term.match());
        };
    }

    private static Lookup terms(QueryField field, Match match) {
        if (match instanceof Literal literal) {
            return new Lookup.Exact(field, Words.folded(literal.text()));
        }
        return new Lookup.Matching(field, match instanceof Pattern pattern ? pattern(pattern) : any());
    }

    private static Lookup prefix(QueryField field, Match match) {
        Glob beginning = match instanceof Literal literal ? Glob.literal(Words.folded(literal.text())) : any();
        return new Lookup.Matching(field, match instanceof Pattern pattern ? pattern(pattern) : beginning.then(any()));
    }

    private static Lookup words(QueryField field, Match match) {
        if (match instanceof Literal literal) {
            return new Lookup.Phrase(field, Words.of(literal.text()));
        }
        return terms(field, match);
    }

    private static Lookup numbers(QueryField field, Match match) {
        Range range = match instanceof Range given ? given : new Range(Optional.empty(), Optional.empty());
        return new Lookup.Number(
                field,
                range.from().map(Lookups::lowest).orElse(Long.MIN_VALUE),
                range.to().map(Lookups::highest).orElse(Long.MAX_VALUE));
    }

    private static Lookup members(Query.Term term) {
        String path = Words.folded(term.path());
        if (term.match() instanceof Range range) {
            return new Lookup.Between(
                    term.field(),
                    MemberTerms.number(path, range.from().map(Lookups::least).orElse(Double.NEGATIVE_INFINITY)),
                    MemberTerms.number(path, range.to().map(Lookups::most).orElse(Double.POSITIVE_INFINITY)));
        }
        if (term.match() instanceof Literal literal && !Glob.hasWildcards(path)) {
            return new Lookup.Exact(term.field(), MemberTerms.value(path, Words.folded(literal.text())));
        }
        return new Lookup.Matching(term.field(), memberGlob(path, term.match()));
    }

    private static Glob memberGlob(String path, Match match) {
        if (match instanceof Literal literal) {
            Glob value = Glob.literal(MemberTerms.value("", Words.folded(literal.text())));
            return Glob.pattern(path).then(value);
        } else if (match instanceof Pattern pattern) {
            return Glob.pattern(path)
                    .then(Glob.literal(MemberTerms.value("", "")))
                    .then(pattern(pattern));
        }
        return Glob.pattern(path).then(Glob.literal(MemberTerms.presence("")));
    }

    private static Glob pattern(Pattern pattern) {
        return Glob.pattern(pattern.glob().toLowerCase(Locale.ROOT));
    }

    private static Glob any() {
        return Glob.pattern("*");
    }

    private static long lowest(Bound bound) {
        BigDecimal whole = bound.value().setScale(0, RoundingMode.CEILING);
        boolean isBeyond = !bound.isIncluded() && whole.compareTo(bound.value()) == 0;
        return clamp(isBeyond ? whole.add(BigDecimal.ONE) : whole);
    }

    private static long highest(Bound bound) {
        BigDecimal whole = bound.value().setScale(0, RoundingMode.FLOOR);
        boolean isBeyond = !bound.isIncluded() && whole.compareTo(bound.value()) == 0;
        return clamp(isBeyond ? whole.subtract(BigDecimal.ONE) : whole);
    }

    private static long clamp(BigDecimal value) {
        return value.max(MIN).min(MAX).longValue();
    }

    private static double least(Bound bound) {
        double value = bound.value().doubleValue();
        return bound.isIncluded() ? value : Math.nextUp(value);
    }

    private static double most(Bound bound) {
        double value = bound.value().doubleValue();
        return bound.isIncluded() ? value : Math.nextDown(value);
    }
}
