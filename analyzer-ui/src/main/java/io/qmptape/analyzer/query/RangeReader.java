package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.Match.Bound;
import io.qmptape.analyzer.query.Match.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads comparisons, {@code >5ms}, and ranges, {@code 5..10}. */
final class RangeReader {
    private static final List<String> OPERATORS = List.of(">=", ">", "<=", "<");
    private static final String DOTS = "..";
    private static final Pattern AMOUNT = Pattern.compile("(-?\\d{1,19}(?:\\.\\d{1,9})?)([a-zA-Z]*)");

    private final QueryField field;
    private final String value;
    private final int position;

    RangeReader(QueryField field, String value, int position) {
        this.field = field;
        this.value = value;
        this.position = position;
    }

    static boolean startsWithOperator(String value) {
        return value.startsWith(">") || value.startsWith("<");
    }

    /** Of a field that holds nothing but numbers. */
    Range read() {
        return readIfRange().orElseGet(() -> {
            if (field == QueryField.LATENCY) {
                throw fault("no two latencies are equal: compare, as latency:>5ms or latency:1ms..5ms", value, 0);
            }
            return Range.exactly(amount(value, 0));
        });
    }

    /** Of a field that holds text too: empty if this is text. */
    Optional<Range> readIfRange() {
        for (String operator : OPERATORS) {
            if (value.startsWith(operator)) {
                return Optional.of(comparison(operator));
            }
        }
        int dots = value.indexOf(DOTS);
        if (dots < 0 || !canSplit(dots)) {
            return Optional.empty();
        }
        Optional<Bound> from = bound(value.substring(0, dots), 0, true);
        Optional<Bound> to = bound(value.substring(dots + DOTS.length()), dots + DOTS.length(), true);
        if (from.isEmpty() && to.isEmpty()) {
            throw fault("a range needs at least one end, as 5..10, 5.. or ..10", value, 0);
        }
        return Optional.of(new Range(from, to));
    }

    private Range comparison(String operator) {
        Optional<Bound> bound = bound(value.substring(operator.length()), operator.length(), operator.endsWith("="));
        if (bound.isEmpty()) {
            throw fault("'" + operator + "' needs a number behind it", value, 0);
        }
        return operator.startsWith(">") ? new Range(bound, Optional.empty()) : new Range(Optional.empty(), bound);
    }

    /** Whether the dots are a range's, and not part of a text such as {@code ../disk.img}. */
    private boolean canSplit(int dots) {
        return !field.takesPath()
                || isNumberOrNothing(value.substring(0, dots))
                        && isNumberOrNothing(value.substring(dots + DOTS.length()))
                        && value.length() > DOTS.length();
    }

    private static boolean isNumberOrNothing(String text) {
        Matcher amount = AMOUNT.matcher(text);
        return text.isEmpty() || amount.matches() && amount.group(2).isEmpty();
    }

    private Optional<Bound> bound(String text, int offset, boolean isIncluded) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new Bound(amount(text, offset), isIncluded));
    }

    private BigDecimal amount(String text, int offset) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw fault("'" + text + "' is no number", text, offset);
        }
        BigDecimal number = new BigDecimal(amount.group(1));
        String unit = amount.group(2);
        if (field == QueryField.LATENCY) {
            return number.multiply(nanosOf(unit, text, offset));
        }
        if (!unit.isEmpty()) {
            throw fault("'" + text + "' has a unit, and " + field.word() + " takes none", text, offset);
        }
        return number;
    }

    private BigDecimal nanosOf(String unit, String text, int offset) {
        return switch (unit) {
            case "us" -> BigDecimal.valueOf(1_000);
            case "ms" -> BigDecimal.valueOf(1_000_000);
            case "s" -> BigDecimal.valueOf(1_000_000_000);
            case "m" -> BigDecimal.valueOf(60_000_000_000L);
            case "" -> throw fault("'" + text + "' needs a unit: us, ms, s or m, as " + text + "ms", text, offset);
            default -> throw fault("'" + unit + "' is no unit of time; us, ms, s and m are", text, offset);
        };
    }

    private QuerySyntaxException fault(String message, String part, int offset) {
        return new QuerySyntaxException(message, position + offset, part.length());
    }
}
