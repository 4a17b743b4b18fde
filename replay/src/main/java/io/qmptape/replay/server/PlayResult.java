package io.qmptape.replay.server;

import io.qmptape.replay.Divergence;

/** How a play ended. */
public sealed interface PlayResult {
    /**
     * All that the script has was sent and received.
     *
     * @param received messages, or runs of noise, that came from the client
     * @param sent messages that went to it
     */
    record Played(int received, int sent) implements PlayResult {}

    /** The client parted from the script. */
    record Parted(Divergence divergence) implements PlayResult {}

    /** The server was closed before the script was played. */
    record Stopped() implements PlayResult {}
}
