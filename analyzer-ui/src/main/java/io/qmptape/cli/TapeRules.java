package io.qmptape.cli;

import io.qmptape.store.care.RetentionLimits;
import io.qmptape.store.recorder.RecorderOptions;

/** How a tape is written, and what it may hold. */
record TapeRules(RecorderOptions recorder, RetentionLimits limits) {
    static TapeRules usual() {
        return new TapeRules(RecorderOptions.defaults(), RetentionLimits.none());
    }
}
