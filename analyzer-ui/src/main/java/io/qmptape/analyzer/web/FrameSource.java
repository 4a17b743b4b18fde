package io.qmptape.analyzer.web;

import io.qmptape.store.Position;
import io.qmptape.store.SessionRecord;
import java.util.Optional;

/** Where the bytes of a message come from: {@code tape::at}. Safe for threads. */
@FunctionalInterface
public interface FrameSource {
    /** The record at a position; empty if it is no longer there. */
    Optional<SessionRecord> at(Position position);
}
