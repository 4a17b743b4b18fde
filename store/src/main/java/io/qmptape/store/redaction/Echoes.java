package io.qmptape.store.redaction;

import java.util.List;

/** Values that were masked, and whether a text repeats one of them. */
final class Echoes {
    static final Echoes NONE = new Echoes(List.of(), false);
    /** All that is said. */
    static final Echoes ANYTHING = new Echoes(List.of(), true);

    /** A value shorter than this is taken for an echo only where it stands in quotes. */
    private static final int MIN_LENGTH = 6;

    /** A command with more of them is no command: then all that is said of it counts as an echo. */
    private static final int MAX_VALUES = 256;

    private final List<String> values;
    private final boolean areAll;

    private Echoes(List<String> values, boolean areAll) {
        this.values = values;
        this.areAll = areAll;
    }

    static Echoes of(List<Secret> secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        List<String> values = secrets.stream()
                .flatMap(secret -> secret.told().stream())
                .distinct()
                .toList();
        return values.isEmpty() ? NONE : new Echoes(values, values.size() > MAX_VALUES);
    }

    boolean areNone() {
        return values.isEmpty() && !areAll;
    }

    boolean areIn(String text) {
        return areAll || values.stream().anyMatch(value -> isIn(text, value));
    }

    private static boolean isIn(String text, String value) {
        return value.length() >= MIN_LENGTH
                ? text.contains(value)
                : text.contains("'" + value + "'") || text.contains("\"" + value + "\"");
    }
}
