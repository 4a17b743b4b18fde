package io.qmptape.cli;

import io.qmptape.store.care.RetentionLimits;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.redaction.Redaction;

/** How a tape is written, what it may hold, and what is masked. */
record TapeRules(RecorderOptions recorder, RetentionLimits limits, Redaction redaction) {
    static TapeRules usual(Redaction redaction) {
        return new TapeRules(RecorderOptions.defaults(), RetentionLimits.none(), redaction);
    }
}
