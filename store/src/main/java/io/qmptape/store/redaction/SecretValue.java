package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * What a secret is hashed from: the text of a string, else a text that is the same for all spellings of one value. So
 * 1000 and 1e3 get one stand-in, and so does the string "1000": a PIN is a PIN.
 */
final class SecretValue {
    /** Beyond that a number is taken as it is spelled: nobody writes the zeros of 1e999999999 down. */
    private static final int MAX_EXPONENT = 400;

    private SecretValue() {}

    static String of(Json value) {
        if (value instanceof Json.Str string) {
            return string.value();
        } else if (value instanceof Json.Num number) {
            return number(number.text());
        } else if (value instanceof Json.Obj object) {
            return object.members().stream()
                    .sorted(Comparator.comparing(Json.Member::name))
                    .map(member -> member.name() + ":" + of(member.value()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof Json.Arr array) {
            return array.elements().stream().map(SecretValue::of).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof Json.Bool bool ? Boolean.toString(bool.value()) : "null";
    }

    private static String number(String text) {
        try {
            BigDecimal value = new BigDecimal(text).stripTrailingZeros();
            return Math.abs(value.scale()) > MAX_EXPONENT ? text : value.toPlainString();
        } catch (NumberFormatException inf) {
            return text;
        }
    }
}
