package io.qmptape.policy;

import java.util.List;

/**
 * A name in which {@code *} stands for anything. A client chooses what is compared, and of any length: as a regular expression
 * two stars would take time that grows with its square.
 *
 * @param parts what stands before, between and behind the stars; one part where there is none
 */
record NameGlob(List<String> parts) {
    NameGlob {
        parts = List.copyOf(parts);
    }

    static NameGlob of(String text) {
        return new NameGlob(List.of(text.split("\\*", -1)));
    }

    boolean matches(String name) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return name.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        if (!name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return at + last.length() <= name.length();
    }
}
