package io.qmptape.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The frame that is being put together: what earlier reads left over, and the current read. Reads are copied only when
 * they end inside a frame.
 */
final class OpenFrame {
    /** More marks than this, and a frame keeps the first ones, those with descriptors and the last. */
    static final int MAX_MARKS = 4096;

    private static final byte[] NOTHING = new byte[0];

    private byte[] kept = NOTHING;
    private int keptLength;
    private Bytes chunk = Bytes.EMPTY;
    private int cutInChunk;
    private long atNanos;
    private final List<Mark> marks = new ArrayList<>();

    void begin(Bytes read, long readAtNanos, List<DescriptorKind> descriptors) {
        chunk = read;
        cutInChunk = 0;
        atNanos = readAtNanos;
        boolean isFull = marks.size() >= MAX_MARKS
                && marks.get(marks.size() - 1).descriptors().isEmpty();
        if (isFull) {
            marks.remove(marks.size() - 1);
        }
        marks.add(new Mark(keptLength, readAtNanos, descriptors));
    }

    /** How long the open frame is when it ends before {@code at} of the current read. */
    int lengthAt(int at) {
        return keptLength + at - cutInChunk;
    }

    int length() {
        return lengthAt(chunk.length());
    }

    Bytes bytes() {
        return firstBytes(length());
    }

    /** Ends the frame after {@code length} bytes; what follows in the current read begins the next one. */
    Delimited cut(int length, FrameKind kind, Tokens tokens, Direction direction) {
        Bytes bytes = firstBytes(length);
        Optional<Json> json = kind == FrameKind.MESSAGE ? JsonReader.read(bytes, tokens, direction) : Optional.empty();
        FrameKind judged = kind == FrameKind.MESSAGE && json.isEmpty() ? FrameKind.NOISE : kind;
        cutInChunk += length - keptLength;
        keptLength = 0;
        return new Delimited(judged, bytes, cutMarks(length), json);
    }

    /** Takes those of the frame that ends after {@code length} bytes; what is left belongs to the next one. */
    private List<Mark> cutMarks(int length) {
        int count = 0;
        while (count < marks.size() && marks.get(count).offset() < length) {
            count++;
        }
        List<Mark> own = List.copyOf(marks.subList(0, count));
        marks.subList(0, count).clear();
        marks.replaceAll(mark -> new Mark(mark.offset() - length, mark.atNanos(), mark.descriptors()));
        if (marks.isEmpty() && cutInChunk < chunk.length()) {
            marks.add(Mark.at(0, atNanos));
        }
        return own;
    }

    /** The current read is over: what no frame took is copied, so that nothing holds on to the read. */
    void keepRest() {
        int more = chunk.length() - cutInChunk;
        if (keptLength + more > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + more, Math.min(kept.length * 2, 1 << 30)));
        }
        chunk.from(cutInChunk).copyTo(kept, keptLength);
        keptLength += more;
        chunk = Bytes.EMPTY;
        cutInChunk = 0;
        if (keptLength == 0) {
            kept = NOTHING;
        }
    }

    private Bytes firstBytes(int length) {
        if (keptLength == 0) {
            return chunk.slice(cutInChunk, cutInChunk + length);
        }
        byte[] whole = Arrays.copyOf(kept, length);
        chunk.slice(cutInChunk, cutInChunk + length - keptLength).copyTo(whole, keptLength);
        return Bytes.lend(whole);
    }
}
