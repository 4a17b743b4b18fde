package io.qmptape.cli;

/** Recorded text for a terminal: hostile, so control characters and those that reorder text are shown, not obeyed. */
final class Printable {
    private Printable() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    static String of(String text, int most) {
        String shown = of(text);
        return shown.length() <= most ? shown : shown.substring(0, most - 1) + "…";
    }

    private static void append(StringBuilder shown, int point) {
        int type = Character.getType(point);
        boolean isHidden = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        if (point == '\t') {
            shown.append(' ');
        } else if (isHidden) {
            shown.append(String.format("\\u%04x", point));
        } else {
            shown.appendCodePoint(point);
        }
    }
}
