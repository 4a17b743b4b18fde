package io.qmptape.store.care;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How care waits for recorders.
 *
 * @param limit how long a recorder is given to end the reel that it writes
 * @param told hears the name of each reel whose end is waited for, before that
 */
public record Patience(Duration limit, Consumer<String> told) {
    /** A recorder looks each 50 ms, and seals what it has within seconds. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    static Patience usual() {
        return telling(reel -> {});
    }

    public static Patience telling(Consumer<String> told) {
        return new Patience(USUAL, told);
    }
}
