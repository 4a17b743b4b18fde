package io.qmptape.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people type and read them: {@code 10G}, {@code 512M}, {@code 90d}, {@code 1.5h}, {@code 200ms}. */
final class Amounts {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");
    private static final Map<String, Double> BYTES =
            Map.of("", 1.0, "k", 0x1p10, "m", 0x1p20, "g", 0x1p30, "t", 0x1p40);
    private static final Map<String, Double> SECONDS = Map.of(
            "",
            1.0,
            "ms",
            0.001,
            "s",
            1.0,
            "min",
            60.0,
            "m",
            60.0,
            "h",
            3_600.0,
            "d",
            86_400.0,
            "w",
            604_800.0,
            "y",
            31_536_000.0);

    private Amounts() {}

    /** @throws IllegalArgumentException what to write instead */
    static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replaceFirst("(?<=[kmgt])(i?b)$", "");
        return Math.round(read(text, lower, BYTES, "a size, as 500M or 10G"));
    }

    /** @throws IllegalArgumentException what to write instead */
    static Duration duration(String text) {
        double seconds = read(text, text.toLowerCase(Locale.ROOT), SECONDS, "a time, as 200ms, 12h or 90d");
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** @throws IllegalArgumentException what to write instead */
    static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds < 1e6)) {
            throw new IllegalArgumentException(seconds + " is no time to wait: give seconds, 0 or more");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** As {@code 1.4 MiB}. */
    static String size(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        } else if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 0x1p10);
        } else if (bytes < 1 << 30) {
            return String.format(Locale.ROOT, "%.1f MiB", bytes / 0x1p20);
        }
        return String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
    }

    private static double read(String text, String lower, Map<String, Double> units, String wanted) {
        Matcher matcher = FORM.matcher(lower);
        Double unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is no amount: give " + wanted);
        }
        return Double.parseDouble(matcher.group(1)) * unit;
    }
}
