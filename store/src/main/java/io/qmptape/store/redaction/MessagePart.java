package io.qmptape.store.redaction;

import java.util.Arrays;
import java.util.List;

/** Which messages a rule looks into, by the first word of its path. */
enum MessagePart {
    /** All that a client sends but the id. */
    REQUEST("arguments", "execute|exec-oob", "**"),
    RETURN("return"),
    ERROR("error"),
    DATA("data"),
    /** Of a command, and of its reply. */
    ID("id");

    private final List<String> words;

    MessagePart(String... words) {
        this.words = List.of(words);
    }

    static MessagePart named(String word) {
        return Arrays.stream(values())
                .filter(part -> part.words.contains(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a path begins with arguments, return, error, data, id"
                        + " or **, and not with '" + word + "'"));
    }
}
