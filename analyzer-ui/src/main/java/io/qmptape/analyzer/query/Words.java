package io.qmptape.analyzer.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How text becomes terms and words: lower case, values cut at {@value #MAX_VALUE_CHARACTERS} characters, words at {@value #MAX_WORD_CHARACTERS}. */
final class Words {
    static final int MAX_VALUE_CHARACTERS = 256;
    static final int MAX_WORD_CHARACTERS = 64;
    /** How much of one long string is cut into words. */
    static final int MAX_TEXT_CHARACTERS = 16_384;

    private Words() {}

    /** A value as a term. */
    static String folded(String value) {
        return cut(value, MAX_VALUE_CHARACTERS).toLowerCase(Locale.ROOT);
    }

    /** The runs of letters and digits in a text. */
    static List<String> of(String given) {
        String text = cut(given, MAX_TEXT_CHARACTERS);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (!Character.isLetterOrDigit(point)) {
                add(text, start, at, words);
                start = -1;
            } else if (start < 0) {
                start = at;
            }
            at += Character.charCount(point);
        }
        add(text, start, text.length(), words);
        return words;
    }

    private static void add(String text, int start, int end, List<String> words) {
        if (start >= 0) {
            words.add(cut(text.substring(start, end), MAX_WORD_CHARACTERS).toLowerCase(Locale.ROOT));
        }
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
