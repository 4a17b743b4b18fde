package io.qmptape.replay;

import io.qmptape.protocol.Bytes;

/** What a replay session wants done, in this order. */
public sealed interface Action {
    /** One message, with the line end that belongs to it. */
    record Send(Bytes bytes) implements Action {}

    /** The script was played to its end. {@link Close} follows. */
    record Finished() implements Action {}

    /** The client parted from the script. {@link Close} follows. */
    record Diverged(Divergence divergence) implements Action {}

    /** The connection is to be closed once everything is sent. Nothing comes after it. */
    record Close() implements Action {}
}
