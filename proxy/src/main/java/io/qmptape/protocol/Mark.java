package io.qmptape.protocol;

import java.util.List;

/**
 * Where in a frame a read began.
 *
 * @param offset in the frame's bytes
 * @param atNanos monotonic time of that read
 * @param descriptors kinds of the descriptors that came with the byte at {@code offset}
 */
public record Mark(int offset, long atNanos, List<DescriptorKind> descriptors) {
    public Mark {
        if (offset < 0) {
            throw new IllegalArgumentException("a mark stands in its frame, not at " + offset);
        }
        descriptors = List.copyOf(descriptors);
    }

    public static Mark at(int offset, long atNanos) {
        return new Mark(offset, atNanos, List.of());
    }
}
