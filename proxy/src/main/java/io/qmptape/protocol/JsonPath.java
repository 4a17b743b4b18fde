package io.qmptape.protocol;

/** Builds the paths that findings carry: {@code $.arguments.device}, {@code $.return[0].name}, {@code $['odd name']}. */
public final class JsonPath {
    public static final String ROOT = "$";

    private static final int MAX_NAME = 64;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;

    private JsonPath() {}

    public static String child(String parent, String name) {
        return isPlain(name) ? parent + "." + name : parent + "[" + quoted(name) + "]";
    }

    private static boolean isPlain(String name) {
        boolean isPlain = !name.isEmpty() && name.length() <= MAX_NAME && isLetter(name.charAt(0));
        for (int i = 1; isPlain && i < name.length(); i++) {
            char next = name.charAt(i);
            isPlain = isLetter(next) || next == '-' || next >= '0' && next <= '9';
        }
        return isPlain;
    }

    private static boolean isLetter(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter == '_';
    }

    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** A name between single quotes, at most 64 characters of it, with what does not print escaped. */
    public static String quoted(String name) {
        StringBuilder text = new StringBuilder("'");
        name.codePoints().limit(MAX_NAME).forEach(point -> append(text, point));
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            text.append('…');
        }
        return text.append('\'').toString();
    }

    private static void append(StringBuilder text, int point) {
        boolean isPrintable = point >= FIRST_PRINTABLE && point < DELETE;
        if (point == '\'' || point == '\\') {
            text.append('\\').append((char) point);
        } else if (isPrintable || Character.isLetterOrDigit(point)) {
            text.appendCodePoint(point);
        } else {
            text.append(String.format(java.util.Locale.ROOT, "\\u%04X", point));
        }
    }
}
