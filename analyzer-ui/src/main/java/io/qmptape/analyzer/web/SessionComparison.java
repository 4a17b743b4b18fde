package io.qmptape.analyzer.web;

import io.qmptape.analyzer.diff.SessionDiff;
import io.qmptape.traffic.SessionId;

/** Compares two sessions that the index knows. Safe for threads. */
@FunctionalInterface
public interface SessionComparison {
    /**
     * Compares their commands.
     *
     * @throws java.io.UncheckedIOException if one of them cannot be read
     */
    SessionDiff compare(SessionId a, SessionId b);
}
