package io.qmptape.catalog;

import java.util.regex.Pattern;

/** Names from the wire in findings: only one that looks like a name is repeated, for anything else may be a slipped secret. */
final class Naming {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Naming() {}

    static String of(String kind, String name) {
        return IDENTIFIER.matcher(name).matches() ? kind + " '" + name + "'" : kind + " of such a name";
    }
}
