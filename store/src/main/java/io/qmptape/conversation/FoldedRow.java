package io.qmptape.conversation;

import io.qmptape.store.SessionRecord;

/** A row of a session that is read folded: a record as it is, or a run of polls. */
public sealed interface FoldedRow permits FoldedRow.Plain, PollFold {
    /** A record that folding leaves alone. */
    record Plain(SessionRecord record) implements FoldedRow {}
}
