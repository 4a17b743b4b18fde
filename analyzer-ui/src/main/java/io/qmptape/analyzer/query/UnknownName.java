package io.qmptape.analyzer.query;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to say of a field that does not exist. */
final class UnknownName {
    private static final int NEAR = 2;

    private UnknownName() {}

    static String complaint(String name) {
        List<String> near = QueryField.names().stream()
                .filter(known -> isNear(name, known))
                .sorted(Comparator.comparingInt((String known) -> distance(stem(name), stem(known))))
                .toList();
        String hint = near.isEmpty()
                ? "there are " + String.join(" ", QueryField.names())
                : "did you mean " + String.join(" or ", near) + "?";
        return "there is no field '" + brief(name) + "'; " + hint + " To search for the text itself put it in quotes.";
    }

    private static boolean isNear(String name, String known) {
        String typed = stem(name);
        String other = stem(known);
        return distance(typed, other) <= Math.min(NEAR, other.length() / 2)
                || typed.length() > NEAR && (other.startsWith(typed) || other.endsWith("." + typed))
                || other.length() > NEAR && typed.startsWith(other);
    }

    /** A field's name without colon and path. */
    private static String stem(String name) {
        String lower = brief(name).toLowerCase(Locale.ROOT).replace(":", "");
        return lower.startsWith("error") ? lower : lower.replaceFirst("\\..*", "");
    }

    private static String brief(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
