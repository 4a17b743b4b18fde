package io.qmptape.conversation;

/**
 * A value that moved from poll to poll, in QEMU's spelling.
 *
 * @param path as {@code $.return[0].offset}
 * @param least of booleans, false
 * @param most of booleans, true
 */
public record Moved(String path, String first, String last, String least, String most) {
    /** Whether first and last tell all: nothing in between was smaller or greater than both. */
    public boolean isBetweenEnds() {
        return (least.equals(first) || least.equals(last)) && (most.equals(first) || most.equals(last));
    }
}
