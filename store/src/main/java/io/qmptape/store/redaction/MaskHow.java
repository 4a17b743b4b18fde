package io.qmptape.store.redaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What of a value is the secret. */
enum MaskHow {
    WHOLE,
    /** The credentials in a URL; all of a {@code json:{…}} file name that holds a secret. */
    URL,
    /** All, if it is a shell's command. */
    PROGRAM,
    /** All, if it is a monitor line with a secret. */
    LINE,
    /** All that is no object. */
    MISPLACED;

    static MaskHow named(String word) {
        return Arrays.stream(values())
                .filter(how -> how.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no 'as " + word + "', but as "
                        + Arrays.stream(values()).map(MaskHow::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
