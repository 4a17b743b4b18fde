package io.qmptape.analyzer.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What {@code has:} asks for, besides members. */
enum Trait {
    /** Sent out of band. */
    OOB,
    ID,
    /** A reply whose command is known. */
    LATENCY,
    FINDING,
    /** A stand-in for a secret. */
    MASKED,
    /** File descriptors came with it. */
    DESCRIPTORS,
    /** More members or words than are indexed. */
    CUT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Trait::word).toList();
    }
}
