package io.qmptape.cli;

import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.redaction.Redaction;

/** How a tape is written, how it is cared for, and what is masked. */
record TapeRules(RecorderOptions recorder, TapeCare care, Redaction redaction) {
    static TapeRules usual(Redaction redaction) {
        return new TapeRules(RecorderOptions.defaults(), TapeCare.usual(), redaction);
    }
}
