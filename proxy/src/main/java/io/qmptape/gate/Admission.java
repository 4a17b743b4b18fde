package io.qmptape.gate;

import io.qmptape.protocol.Message;
import io.qmptape.traffic.Peer;
import java.util.Optional;

/** Says which commands a client may send. Called on event loops: pure, and safe for all threads. */
@FunctionalInterface
public interface Admission {
    /** @return the name of what denies it, for the client and the tape; empty if it may pass */
    Optional<String> denies(Message.Command command, Peer client);
}
