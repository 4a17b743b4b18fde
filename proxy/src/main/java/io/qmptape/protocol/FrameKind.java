package io.qmptape.protocol;

/** What the splitter made of a frame's bytes. */
public enum FrameKind {
    /** One JSON value that QEMU's parser takes. */
    MESSAGE("message"),
    /** Bytes that QEMU answers with one parse or lexical error, with those it skips while it recovers. */
    NOISE("noise"),
    /** A message or noise that the end of the stream cut short; QEMU discards it without a word. */
    UNFINISHED("unfinished");

    private final String word;

    FrameKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
