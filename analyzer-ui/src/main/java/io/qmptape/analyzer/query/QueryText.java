package io.qmptape.analyzer.query;

/** The characters of a query, and how far they are read. */
final class QueryText {
    private final String text;
    private int position;

    QueryText(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    int length() {
        return text.length();
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    boolean isAt(char wanted) {
        return !isAtEnd() && text.charAt(position) == wanted;
    }

    /** Whether white space or the end stands here. */
    boolean isAtGap() {
        return isAtEnd() || Character.isWhitespace(text.charAt(position));
    }

    void skipBlanks() {
        while (!isAtEnd() && isAtGap()) {
            position++;
        }
    }

    boolean take(char wanted) {
        if (isAt(wanted)) {
            position++;
            return true;
        }
        return false;
    }

    boolean isAtWord(String word) {
        int end = position + word.length();
        return text.startsWith(word, position)
                && (end == text.length() || endsBare(text.charAt(end)) || Character.isWhitespace(text.charAt(end)));
    }

    boolean takeWord(String word) {
        if (isAtWord(word)) {
            position += word.length();
            return true;
        }
        return false;
    }

    /** Everything up to white space, a quote or a parenthesis. */
    String takeBare() {
        int start = position;
        while (!isAtGap() && !endsBare(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /** A field's name with its colon, if one stands here; the colon is taken, and not in the result. */
    String takeFieldName() {
        int end = position;
        while (end < text.length() && isOfName(text.charAt(end))) {
            end++;
        }
        boolean isField = end > position
                && end < text.length()
                && text.charAt(end) == ':'
                && Character.isLetter(text.charAt(position));
        if (!isField) {
            return "";
        }
        String name = text.substring(position, end);
        position = end + 1;
        return name;
    }

    /** What stands between two quotes; a backslash there takes the next character as it is. */
    String takeQuoted() {
        int start = position++;
        StringBuilder quoted = new StringBuilder();
        while (!isAtEnd() && !isAt('"')) {
            if (isAt('\\') && position + 1 < text.length()) {
                position++;
            }
            quoted.append(text.charAt(position++));
        }
        if (!take('"')) {
            throw new QuerySyntaxException(
                    "the quote that opens here is never closed: add a \" behind the text", start, 1);
        }
        if (!isAtGap() && !isAt(')')) {
            throw new QuerySyntaxException("put a blank behind a closing quote", position, 1);
        }
        return quoted.toString();
    }

    private static boolean isOfName(char c) {
        return c != ':' && !endsBare(c) && !Character.isWhitespace(c);
    }

    private static boolean endsBare(char c) {
        return c == '"' || c == '(' || c == ')';
    }
}
