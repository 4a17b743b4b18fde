package io.qmptape.conversation;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Effect;
import java.util.regex.Pattern;

/** Which commands only read: by the bundled catalog, and by their names those that it does not know. */
final class ReadingCommands {
    private static final Pattern NEWER = Pattern.compile("query-.+|qom-get|qom-list.*");

    private ReadingCommands() {}

    static boolean includes(String command) {
        return Catalog.bundled()
                .command(command)
                .map(spec -> spec.effect() == Effect.READ_ONLY)
                .orElseGet(() -> NEWER.matcher(command).matches());
    }
}
