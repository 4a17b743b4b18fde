package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessageIndex;

/**
 * All that the page shows. The server reads it and closes none of it.
 *
 * @param name of the tape, as people know it
 */
public record Recordings(
        String name, MessageIndex index, FrameSource frames, CatalogPages catalog, SessionComparison comparison) {}
