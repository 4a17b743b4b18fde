package io.qmptape.store.recorder;

import java.util.List;
import java.util.function.Supplier;

/**
 * Where judges come from.
 *
 * @param catalog identity of the catalog that they judge by; empty for none
 * @param judges gives a new one for each session
 */
public record Judging(String catalog, Supplier<Judge> judges) {
    public static Judging none() {
        return new Judging("", () -> (frame, message) -> List.of());
    }
}
