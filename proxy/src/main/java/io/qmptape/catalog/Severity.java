package io.qmptape.catalog;

/** How much a finding matters: an error is what QEMU refuses, a warning what it should not have sent or will drop, info what one may want to know. */
public enum Severity {
    ERROR,
    WARNING,
    INFO;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Severity ofWord(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
