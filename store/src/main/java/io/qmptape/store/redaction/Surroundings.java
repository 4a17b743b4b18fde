package io.qmptape.store.redaction;

import java.util.LinkedList;
import java.util.List;
import java.util.Optional;

/**
 * What stands before, between and behind parts of a text that may be anything. Whoever made a recording says how many parts
 * there are, so to look for them takes time in proportion to the two texts, whatever is in these.
 *
 * @param texts one more than there are parts
 */
record Surroundings(List<String> texts) {
    Surroundings {
        texts = List.copyOf(texts);
    }

    /**
     * What another text has in place of the parts, at least a character each. Where there is a choice, the earlier ones are as
     * long as they can be. Empty if it differs around them.
     */
    Optional<List<String>> partsOf(String other) {
        int last = texts.size() - 1;
        if (!other.startsWith(texts.get(0)) || !other.endsWith(texts.get(last))) {
            return Optional.empty();
        }
        LinkedList<String> parts = new LinkedList<>();
        int end = other.length() - texts.get(last).length();
        for (int i = last - 1; i > 0; i--) {
            int at = lastIn(other, end - 1, texts.get(i));
            if (at < 0) {
                return Optional.empty();
            }
            parts.addFirst(other.substring(at + texts.get(i).length(), end));
            end = at;
        }
        int begin = texts.get(0).length();
        if (begin >= end) {
            return Optional.empty();
        }
        parts.addFirst(other.substring(begin, end));
        return Optional.of(parts);
    }

    /** Where a text stands last in front of a place; -1 if nowhere. As Knuth, Morris and Pratt do it, from the end. */
    private static int lastIn(String other, int end, String text) {
        int[] shorter = borders(text);
        int found = 0;
        int at = end;
        while (found < text.length() && at > 0) {
            at--;
            found = longer(text, shorter, found, other.charAt(at));
        }
        return found == text.length() ? at : -1;
    }

    /** For each end of a text, how long the longest shorter end is that it begins with. */
    private static int[] borders(String text) {
        int[] borders = new int[text.length()];
        for (int i = 1; i < borders.length; i++) {
            borders[i] = longer(text, borders, borders[i - 1], fromEnd(text, i));
        }
        return borders;
    }

    /** How long an end of a text is found with one more character in front of it. */
    private static int longer(String text, int[] borders, int found, char next) {
        int length = found;
        while (length > 0 && fromEnd(text, length) != next) {
            length = borders[length - 1];
        }
        return fromEnd(text, length) == next ? length + 1 : length;
    }

    private static char fromEnd(String text, int index) {
        return text.charAt(text.length() - 1 - index);
    }
}
