package io.qmptape.analyzer.query;

/** A query that cannot be read: what is wrong, and where. */
public final class QuerySyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final int length;

    /**
     * @param position of the first bad character, from 0
     * @param length how many characters are bad; 0 at the end of the query
     */
    public QuerySyntaxException(String message, int position, int length) {
        super(message);
        this.position = position;
        this.length = length;
    }

    public int position() {
        return position;
    }

    public int length() {
        return length;
    }

    /** From 1, as people count. */
    public int column() {
        return position + 1;
    }
}
