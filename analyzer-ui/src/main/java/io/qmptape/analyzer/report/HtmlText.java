package io.qmptape.analyzer.report;

import java.util.regex.Pattern;

/** Recorded text for an HTML page. It is hostile: nothing of it becomes markup, and nothing hides or reorders text. */
final class HtmlText {
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n]]");

    private HtmlText() {}

    /** Fit for text and for the values of quoted attributes; line breaks stay, other control characters are spelled. */
    static String of(String text) {
        String shown = HIDDEN.matcher(text)
                .replaceAll(found -> String.format("\\\\u%04x", found.group().codePointAt(0)));
        return shown.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The beginning, in one line. */
    static String brief(String text, int most) {
        String start = text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
        return of(start.replaceAll("\\s+", " "));
    }
}
