package io.qmptape.cli;

import io.qmptape.store.care.RetentionLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a tape with time.
 *
 * @param limits that it is kept within
 * @param packAfter how long a reel must have been finished before it is packed; empty if none is
 */
record TapeCare(RetentionLimits limits, Optional<Duration> packAfter) {
    static TapeCare usual() {
        return new TapeCare(RetentionLimits.none(), Optional.of(Duration.ofHours(1)));
    }
}
