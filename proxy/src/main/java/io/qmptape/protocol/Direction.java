package io.qmptape.protocol;

/** Which way bytes went. */
public enum Direction {
    CLIENT_TO_SERVER("c2s"),
    SERVER_TO_CLIENT("s2c");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** The short form that transcripts, queries and the page use. */
    public String word() {
        return word;
    }

    public static Direction ofWord(String word) {
        for (Direction direction : values()) {
            if (direction.word.equals(word)) {
                return direction;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no direction; c2s and s2c are");
    }

    public Direction opposite() {
        return this == CLIENT_TO_SERVER ? SERVER_TO_CLIENT : CLIENT_TO_SERVER;
    }
}
