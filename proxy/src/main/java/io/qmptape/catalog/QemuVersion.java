package io.qmptape.catalog;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of QEMU, without its third number: that never adds or removes commands. */
public record QemuVersion(int major, int minor) implements Comparable<QemuVersion> {
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\.\\d+)?");
    private static final Comparator<QemuVersion> ORDER =
            Comparator.comparingInt(QemuVersion::major).thenComparingInt(QemuVersion::minor);

    /** Reads {@code 7.2} and {@code 7.2.22}; empty for anything else. */
    public static Optional<QemuVersion> parse(String text) {
        Matcher matcher = DOTTED.matcher(text);
        return matcher.matches()
                ? Optional.of(new QemuVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    public boolean isAtLeast(QemuVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(QemuVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
