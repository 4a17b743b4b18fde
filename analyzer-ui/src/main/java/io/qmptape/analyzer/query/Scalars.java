package io.qmptape.analyzer.query;

import io.qmptape.protocol.Json;
import java.util.Optional;

/** Strings, numbers and the rest as text, and numbers as numbers. */
final class Scalars {
    /** No double needs more; longer spellings are text only. */
    private static final int MAX_DIGITS = 400;

    private Scalars() {}

    /** Empty for objects and arrays. */
    static Optional<String> text(Json value) {
        if (value instanceof Json.Str string) {
            return Optional.of(string.value());
        } else if (value instanceof Json.Num number) {
            return Optional.of(number.text());
        } else if (value instanceof Json.Bool bool) {
            return Optional.of(Boolean.toString(bool.value()));
        }
        return value instanceof Json.Null ? Optional.of("null") : Optional.empty();
    }

    static Optional<Double> number(Json value) {
        if (!(value instanceof Json.Num number) || number.text().length() > MAX_DIGITS) {
            return Optional.empty();
        }
        return switch (number.text()) {
            case "inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            case "nan", "-nan" -> Optional.empty();
            default -> Optional.of(Double.parseDouble(number.text()));
        };
    }
}
