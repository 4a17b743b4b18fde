package io.qmptape.store.redaction;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Member names that hold secrets. {@code key-secret}, {@code password-secret}, {@code passwordid} and the like are the ids
 * of secret objects and no secrets. A name that is almost one counts: a typing error must not give the secret away.
 */
final class SecretNames {
    private static final Set<String> ALWAYS = Set.of("secret", "token", "cookie");
    private static final Pattern PASSWORD = Pattern.compile("pass?w|passphrase");
    /** What they mean depends on the object's type, and a type we do not know may keep its secret there. */
    private static final Set<String> IN_OBJECTS = Set.of("data", "key");

    private SecretNames() {}

    /** Of dotted names, as {@code file.cookie}, the last part counts. */
    static boolean includes(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ALWAYS.contains(last) || PASSWORD.matcher(last).find() && !isId(last);
    }

    static boolean includesInObject(String name) {
        return includes(name) || IN_OBJECTS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** For a property of a QOM object, as {@code qom-set} names it. */
    static boolean isProperty(String property) {
        String lower = property.toLowerCase(Locale.ROOT);
        return !isId(lower) && (lower.contains("password") || lower.contains("secret") || IN_OBJECTS.contains(lower));
    }

    private static boolean isId(String lower) {
        return lower.endsWith("-secret") || lower.endsWith("id");
    }
}
