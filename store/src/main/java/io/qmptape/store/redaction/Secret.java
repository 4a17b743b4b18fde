package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Something in a message that must not reach the disk.
 *
 * @param path where it stands
 * @param type its JSON type
 * @param span of the bytes to exchange, in the frame
 * @param isWholeToken whether the span is a whole JSON token, so that the stand-in brings its own quotes
 * @param value as text: what the stand-in is hashed from
 * @param told what an answer may repeat of it
 */
record Secret(String path, String type, Span span, boolean isWholeToken, String value, List<String> told) {
    Secret {
        told = List.copyOf(told);
    }

    /** A value of a message, all of it. */
    static Secret whole(Place place) {
        Json value = place.value();
        List<String> told = new ArrayList<>();
        collectTexts(value, told);
        return new Secret(place.path(), value.type(), value.span(), true, SecretValue.of(value), told);
    }

    /** A line, of which an answer may repeat single words. */
    static Secret line(Place place, List<String> words) {
        Json value = place.value();
        return new Secret(place.path(), value.type(), value.span(), true, SecretValue.of(value), words);
    }

    /** Part of a text. */
    static Secret part(String path, Span span, boolean isWholeToken, String value) {
        return new Secret(path, "string", span, isWholeToken, value, List.of(value));
    }

    boolean isWithin(Span outer) {
        return outer.start() <= span.start() && span.end() <= outer.end();
    }

    boolean overlaps(Span other) {
        return span.start() < other.end() && other.start() < span.end();
    }

    Secret joinedWith(Span other) {
        Span both = new Span(Math.min(span.start(), other.start()), Math.max(span.end(), other.end()));
        return new Secret(path, type, both, isWholeToken, value, told);
    }

    private static void collectTexts(Json value, List<String> texts) {
        if (value instanceof Json.Obj object) {
            object.members().forEach(member -> collectTexts(member.value(), texts));
        } else if (value instanceof Json.Arr array) {
            array.elements().forEach(element -> collectTexts(element, texts));
        } else if (value instanceof Json.Str string) {
            texts.add(string.value());
            texts.addAll(SecretText.words(string.value()));
        } else if (value instanceof Json.Num number) {
            texts.add(number.text());
        }
    }
}
