package io.qmptape.analyzer.diff;

import io.qmptape.protocol.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** Writes values so that equal texts are equal values: members sorted, numbers by value, and by stand-in what rules say. */
final class Canonical {
    private static final int MAX_DIGITS = 40;

    private final RunRules rules;
    private final StringBuilder text = new StringBuilder();

    private Canonical(RunRules rules) {
        this.rules = rules;
    }

    static String of(Json value, Place place, RunRules rules) {
        Canonical canonical = new Canonical(rules);
        canonical.write(value, place);
        return canonical.text.toString();
    }

    private void write(Json value, Place place) {
        Optional<String> standIn = rules.standIn(place.rule(), value);
        if (standIn.isPresent()) {
            text.append('~');
            sized(standIn.get());
        } else if (value instanceof Json.Obj object) {
            members(object, place);
        } else if (value instanceof Json.Arr array) {
            elements(array, place);
        } else if (value instanceof Json.Str string) {
            text.append('"');
            sized(string.value());
        } else if (value instanceof Json.Num number) {
            text.append('#');
            sized(number(number.text()));
        } else {
            text.append(value instanceof Json.Bool bool ? bool.value() ? 't' : 'f' : '0');
        }
    }

    private void members(Json.Obj object, Place place) {
        text.append('{');
        for (Json.Member member : object.members().stream()
                .sorted(Comparator.comparing(Json.Member::name))
                .toList()) {
            sized(member.name());
            write(member.value(), place.member(member.name()));
        }
        text.append('}');
    }

    private void elements(Json.Arr array, Place place) {
        Place element = place.element("");
        text.append('[');
        for (Json value : array.elements()) {
            write(value, element);
        }
        text.append(']');
    }

    /** With its length, so that no text can pass for structure. */
    private void sized(String part) {
        text.append(part.length()).append(':').append(part);
    }

    private static String number(String given) {
        boolean isPlain = !given.isEmpty()
                && given.length() <= MAX_DIGITS
                && given.chars().allMatch(c -> c == '-' || c == '.' || c >= '0' && c <= '9');
        if (isPlain) {
            return new BigDecimal(given).stripTrailingZeros().toPlainString();
        }
        return given.endsWith("inf") || given.endsWith("nan") ? given : plain(Double.parseDouble(given));
    }

    private static String plain(double value) {
        return Double.isInfinite(value)
                ? Double.toString(value)
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
