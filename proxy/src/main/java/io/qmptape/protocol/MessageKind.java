package io.qmptape.protocol;

/** The kinds of message, in the words that queries, transcripts and the page use. */
public enum MessageKind {
    GREETING,
    COMMAND,
    SUCCESS,
    FAILURE,
    EVENT,
    UNRECOGNIZED,
    NOISE;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static MessageKind ofWord(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
