package io.qmptape.analyzer.diff;

import io.qmptape.store.SessionRecord.FrameRecorded;

/** What the stand-ins of two sessions say about each other. */
enum StandInView {
    /** Made under one key: equal ones mean equal secrets. */
    COMPARABLE {
        @Override
        RunRules rules(String command, FrameRecorded frame) {
            return RunRules.of(command);
        }
    },
    /** Nobody can know whether their secrets are equal. */
    UNKNOWN {
        @Override
        RunRules rules(String command, FrameRecorded frame) {
            return RunRules.of(command).blindTo(frame);
        }
    };

    /** What values of a frame are compared by. */
    abstract RunRules rules(String command, FrameRecorded frame);
}
