package io.qmptape.protocol;

import java.util.List;

/**
 * The exact bytes of one message, or of one run of noise, as QEMU's own streamer would delimit them. White space before
 * it is its head, so that the frames of a direction, joined, are what went over the wire.
 *
 * @param sequence from 1 over both directions of a session, in the order in which frames were complete
 * @param marks never empty; the first stands at offset 0
 */
public record Frame(long sequence, Direction direction, FrameKind kind, Bytes bytes, List<Mark> marks) {
    public Frame {
        marks = List.copyOf(marks);
        if (sequence < 1) {
            throw new IllegalArgumentException("frames are numbered from 1, not " + sequence);
        }
        if (marks.isEmpty() || marks.get(0).offset() != 0) {
            throw new IllegalArgumentException("the first mark of a frame stands at its first byte");
        }
    }

    /** When the first byte was read; monotonic nanoseconds. */
    public long beganAtNanos() {
        return marks.get(0).atNanos();
    }

    /** When the last byte was read; monotonic nanoseconds. */
    public long completedAtNanos() {
        return marks.get(marks.size() - 1).atNanos();
    }

    /** How many of the first bytes are white space. */
    public int head() {
        int head = 0;
        while (head < bytes.length() && WhiteSpace.includes(bytes.at(head))) {
            head++;
        }
        return head;
    }

    /** The bytes without the white space before them. */
    public Bytes body() {
        return bytes.from(head());
    }

    public int descriptors() {
        return marks.stream().mapToInt(mark -> mark.descriptors().size()).sum();
    }

    public Frame withBytes(Bytes others) {
        return new Frame(sequence, direction, kind, others, marks);
    }
}
