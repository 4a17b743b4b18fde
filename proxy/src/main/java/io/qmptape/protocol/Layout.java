package io.qmptape.protocol;

/**
 * The white space a server prints inside its messages.
 *
 * @param lineEnd what ends a line of a pretty message; empty where all stands on one line
 * @param indent blanks a level
 */
public record Layout(String lineEnd, int indent) {
    static final Layout COMPACT = new Layout("", 0);

    /** The layout of a message, as the white space before its first member shows it. */
    public static Layout of(Bytes bytes, Json.Obj message) {
        if (message.members().isEmpty()) {
            return COMPACT;
        }
        int open = message.span().start() + 1;
        String blank =
                bytes.slice(open, message.members().get(0).nameSpan().start()).text();
        int lineEnd = blank.lastIndexOf('\n') + 1;
        return lineEnd == 0 ? COMPACT : new Layout(blank.substring(0, lineEnd), blank.length() - lineEnd);
    }

    /** What stands after an opening bracket and before a closing one. */
    String lineBreak(int level) {
        return lineEnd.isEmpty() ? "" : lineEnd + " ".repeat(indent * level);
    }

    /** What stands between two members or elements. */
    public String separator(int level) {
        return lineEnd.isEmpty() ? ", " : "," + lineBreak(level);
    }
}
