package io.qmptape.catalog;

import java.util.List;

/**
 * A documented member of a reply or an event.
 *
 * @param path inside the result or the event's data: names joined by dots, {@code []} for each element,
 *     {@code [type=io]} for each element with that member
 * @param words the values a string may have, as far as they are documented; empty where any will do
 */
public record MemberSpec(String path, ValueType type, boolean isOptional, List<String> words) {
    public MemberSpec {
        words = List.copyOf(words);
    }
}
