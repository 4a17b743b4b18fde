package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.Match.Bound;
import io.qmptape.analyzer.query.Match.Literal;
import io.qmptape.analyzer.query.Match.Pattern;
import io.qmptape.analyzer.query.Match.Range;
import java.math.BigDecimal;
import java.util.Optional;

/** Prints a term so that the parser reads it back. */
final class TermText {
    private static final java.util.regex.Pattern PLAIN = java.util.regex.Pattern.compile("[\\w/][\\w/.-]*");
    private static final BigDecimal NANOS_OF_MICRO = BigDecimal.valueOf(1000);

    private TermText() {}

    static String of(Query.Term term) {
        QueryField field = term.field();
        String name = field.takesPath() ? field.word() + "." + term.path() : field.word();
        if (term.match() instanceof Match.Present) {
            return QueryField.HAS.word() + ":" + name;
        }
        return (field == QueryField.TEXT ? "" : name + ":") + value(field, term.match());
    }

    private static String value(QueryField field, Match match) {
        if (match instanceof Literal literal) {
            return quoted(literal.text());
        } else if (match instanceof Pattern pattern) {
            return pattern.glob();
        }
        return match instanceof Range range ? range(field, range) : "";
    }

    private static String quoted(String text) {
        boolean isPlain = PLAIN.matcher(text).matches()
                && !text.contains("..")
                && !text.equals("AND")
                && !text.equals("OR")
                && !text.equals("NOT");
        return isPlain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String range(QueryField field, Range range) {
        Optional<Bound> from = range.from();
        Optional<Bound> to = range.to();
        if (from.isPresent() && to.isPresent()) {
            return number(field, from.get()) + ".." + number(field, to.get());
        }
        return from.map(bound -> (bound.isIncluded() ? ">=" : ">") + number(field, bound))
                .or(() -> to.map(bound -> (bound.isIncluded() ? "<=" : "<") + number(field, bound)))
                .orElse("");
    }

    private static String number(QueryField field, Bound bound) {
        return field == QueryField.LATENCY
                ? bound.value().divide(NANOS_OF_MICRO).toPlainString() + "us"
                : bound.value().toPlainString();
    }
}
