package io.qmptape.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a splitter cuts off a stream: a frame that has no number yet.
 *
 * @param json the value of a {@link FrameKind#MESSAGE}, with spans into {@code bytes}; empty for everything else
 */
public record Delimited(FrameKind kind, Bytes bytes, List<Mark> marks, Optional<Json> json) {
    public Delimited {
        marks = List.copyOf(marks);
    }

    public Frame numbered(long sequence, Direction direction) {
        return new Frame(sequence, direction, kind, bytes, marks);
    }
}
