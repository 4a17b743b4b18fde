package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.traffic.SessionId;
import java.util.function.Function;

/**
 * All that the page shows. The server reads it and closes none of it.
 *
 * @param name of the tape, as people know it
 * @param feeds begins to read a session
 */
public record Recordings(
        String name,
        MessageIndex index,
        FrameSource frames,
        Function<SessionId, SessionFeed> feeds,
        CatalogPages catalog,
        SessionComparison comparison) {}
