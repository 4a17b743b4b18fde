package io.qmptape.protocol;

/** Where a token or value stands in the bytes it was read from: {@code start} inclusive, {@code end} exclusive. */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + " to " + end);
        }
    }

    public int length() {
        return end - start;
    }

    public Span shiftedBy(int offset) {
        return new Span(start + offset, end + offset);
    }
}
