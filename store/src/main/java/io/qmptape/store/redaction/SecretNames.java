package io.qmptape.store.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Member names that hold secrets. Names are taken whole: {@code key-secret}, {@code password-secret} and the like are
 * the ids of secret objects and no secrets.
 */
final class SecretNames {
    private static final Set<String> ALWAYS = Set.of("password", "passwd", "secret", "passphrase", "token", "cookie");
    /** What they mean depends on the object's type, and a type we do not know may keep its secret there. */
    private static final Set<String> IN_OBJECTS = Set.of("data", "key");

    private SecretNames() {}

    static boolean includes(String name) {
        return ALWAYS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean includesInObject(String name) {
        return includes(name) || IN_OBJECTS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** For a property of a QOM object, as {@code qom-set} names it. */
    static boolean isProperty(String property) {
        String lower = property.toLowerCase(Locale.ROOT);
        boolean isId = lower.endsWith("-secret") || lower.endsWith("id");
        return !isId && (lower.contains("password") || lower.contains("secret") || IN_OBJECTS.contains(lower));
    }
}
