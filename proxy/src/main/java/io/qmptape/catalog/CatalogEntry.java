package io.qmptape.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of a catalog's text: a keyword and what follows it.
 *
 * @param place source and line number, as {@code qemu-2.1.catalog:12}
 */
record CatalogEntry(String place, String keyword, String rest) {
    private static final String REMARK = " -- ";

    static CatalogEntry of(String place, String line) {
        String text = line.strip();
        int end = text.indexOf(' ');
        return end < 0
                ? new CatalogEntry(place, text, "")
                : new CatalogEntry(
                        place, text.substring(0, end), text.substring(end).strip());
    }

    /** What stands before the remark, cut at blanks; at least one word. */
    List<String> words() {
        int end = rest.indexOf(REMARK);
        String text = end < 0 ? rest : rest.substring(0, end);
        if (text.isBlank()) {
            throw fault("'" + keyword + "' needs something after it");
        }
        return List.of(text.strip().split(" +"));
    }

    List<String> words(int atLeast, int atMost) {
        List<String> words = words();
        if (words.size() < atLeast || words.size() > atMost) {
            throw fault("'" + keyword + "' takes " + atLeast + (atMost > atLeast ? " to " + atMost : "")
                    + " words, not " + words.size());
        }
        return words;
    }

    String word() {
        return words(1, 1).get(0);
    }

    /** What stands behind two dashes; empty where there are none. */
    String remark() {
        int end = rest.indexOf(REMARK);
        return end < 0 ? "" : rest.substring(end + REMARK.length()).strip();
    }

    <T> T parsed(String text, Function<String, Optional<T>> parser) {
        return parser.apply(text).orElseThrow(() -> fault("'" + text + "' is not understood here"));
    }

    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(place + ": " + what);
    }
}
