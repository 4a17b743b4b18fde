package io.qmptape.store.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Alternatives, as {@code *passw*|cookie|!*-secret}; without one that includes, all is meant but what is excluded. */
final class NamePattern {
    private static final String ANYTHING = ".*";

    private final Pattern including;
    private final Optional<Pattern> excluding;
    private final boolean hasNames;
    private final Remembered<Boolean> names = new Remembered<>(this::matchesLastPart);

    private NamePattern(List<String> including, List<String> excluding) {
        this.hasNames = !including.isEmpty() && !including.contains(ANYTHING);
        this.including = compiled(including.isEmpty() ? List.of(ANYTHING) : including);
        this.excluding = excluding.isEmpty() ? Optional.empty() : Optional.of(compiled(excluding));
    }

    /**
     * @param known what stands behind {@code <name>}, as text
     * @throws IllegalArgumentException if the text names a pattern that is not known, or nothing at all
     */
    static NamePattern of(String text, Map<String, String> known) {
        List<String> including = new ArrayList<>();
        List<String> excluding = new ArrayList<>();
        for (String part : resolved(text, known).split("\\|", -1)) {
            if (part.isEmpty() || part.equals("!")) {
                throw new IllegalArgumentException("'" + text + "' has an empty alternative");
            } else if (part.startsWith("!")) {
                excluding.add(regex(part.substring(1)));
            } else {
                including.add(regex(part));
            }
        }
        return new NamePattern(including, excluding);
    }

    boolean matches(String text) {
        return including.matcher(text).matches()
                && excluding.map(pattern -> !pattern.matcher(text).matches()).orElse(true);
    }

    /** Of a dotted name, as {@code file.cookie}, the last part counts. */
    boolean matchesName(String name) {
        return names.of(name);
    }

    private boolean matchesLastPart(String name) {
        return matches(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Whether it says which names it means, rather than which it does not. */
    boolean hasNames() {
        return hasNames;
    }

    private static String resolved(String text, Map<String, String> known) {
        String resolved = text;
        for (Map.Entry<String, String> entry : known.entrySet()) {
            resolved = resolved.replace(entry.getKey(), entry.getValue());
        }
        int open = resolved.indexOf('<');
        if (open >= 0) {
            throw new IllegalArgumentException("'" + resolved.substring(open) + "' is not defined; there are "
                    + String.join(", ", known.keySet()));
        }
        return resolved;
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("(?<=\\*)|(?=\\*)", -1)) {
            regex.append(literal.equals("*") ? ANYTHING : Pattern.quote(literal));
        }
        return glob.equals("*") ? ANYTHING : regex.toString();
    }

    private static Pattern compiled(List<String> alternatives) {
        return Pattern.compile(
                String.join("|", alternatives), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
