package io.qmptape.protocol;

/** What the splitter made of a frame's bytes. */
public enum FrameKind {
    /** One JSON value that QEMU's parser takes. */
    MESSAGE("message"),
    /** Bytes that QEMU answers with one parse or lexical error. */
    NOISE("noise"),
    /** A message that the end of the stream cut short; QEMU discards it without a word. */
    UNFINISHED("unfinished"),
    /** Bytes after noise that QEMU skips without a word while it recovers. */
    SKIPPED("skipped");

    private final String word;

    FrameKind(String word) {
        this.word = word;
    }

    /** Whether QEMU answers it, if a client sends it. */
    public boolean isAnswered() {
        return this == MESSAGE || this == NOISE;
    }

    public String word() {
        return word;
    }
}
