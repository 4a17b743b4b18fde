package io.qmptape.store.redaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found out about names: clients repeat the same few. Bounded, for one may make up names without end; those are
 * looked at anew each time. Safe for all threads.
 */
final class Remembered<T> {
    private static final int MAX_NAMES = 1_000;
    private static final int MAX_LENGTH = 64;

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> finding;

    Remembered(Function<String, T> finding) {
        this.finding = finding;
    }

    T of(String name) {
        T found = known.get(name);
        if (found == null) {
            found = finding.apply(name);
            if (name.length() <= MAX_LENGTH && known.size() < MAX_NAMES) {
                known.put(name, found);
            }
        }
        return found;
    }
}
