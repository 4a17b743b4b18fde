package io.qmptape.store.recorder;

import io.qmptape.handover.Standing;
import io.qmptape.store.SessionRecord;

/** Where a scribe's records go. */
@FunctionalInterface
interface RecordSink {
    /** @param behind the place behind the record, in the bytes that passed: those of a record may be masked */
    void accept(SessionRecord record, Standing behind);
}
