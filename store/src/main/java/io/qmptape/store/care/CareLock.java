package io.qmptape.store.care;

import io.qmptape.store.Tape;
import io.qmptape.store.files.FileMutex;
import java.time.Duration;

/** Whoever changes what is on a tape already does so alone; recorders are not hindered. */
final class CareLock {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private CareLock() {}

    static FileMutex of(Tape tape) {
        return FileMutex.acquire(tape.directory().resolve("care.lock"), PATIENCE);
    }
}
