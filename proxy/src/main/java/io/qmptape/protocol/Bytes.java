package io.qmptape.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** An immutable run of octets. A slice shares its origin's array. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    public static Bytes copyOf(byte[] source) {
        return lend(source.clone());
    }

    /** Takes the array as it is: the caller gives it away and never writes to it again. */
    public static Bytes lend(byte[] given) {
        return given.length == 0 ? EMPTY : new Bytes(given, 0, given.length);
    }

    public static Bytes utf8(String text) {
        return lend(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Bytes join(List<Bytes> parts) {
        byte[] whole = new byte[parts.stream().mapToInt(Bytes::length).sum()];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array, part.from, whole, at, part.length);
            at += part.length;
        }
        return lend(whole);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        return array[from + Objects.checkIndex(index, length)];
    }

    /** How many octets from {@code start} on are, one after the other, in a set of octets. */
    int run(int start, boolean[] set) {
        int end = from + length;
        int at = from + start;
        while (at < end && set[array[at] & 0xFF]) {
            at++;
        }
        return at - from - start;
    }

    /** The octets from {@code start} (inclusive) to {@code end} (exclusive). */
    public Bytes slice(int start, int end) {
        Objects.checkFromToIndex(start, end, length);
        return start == end ? EMPTY : new Bytes(array, from + start, end - start);
    }

    public Bytes slice(Span span) {
        return slice(span.start(), span.end());
    }

    public Bytes from(int start) {
        return slice(start, length);
    }

    /** These octets with those of {@code span} exchanged for {@code replacement}. */
    public Bytes splice(Span span, Bytes replacement) {
        return join(List.of(slice(0, span.start()), replacement, from(span.end())));
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** Copies all octets to {@code target}, the first to its index {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, from, target, at, length);
    }

    /** Lends them for one call, without a copy: what takes them keeps nothing of the array and writes nothing to it. */
    public void into(Taking taking) {
        taking.take(array, from, length);
    }

    /** As {@code MessageDigest::update}. */
    @FunctionalInterface
    public interface Taking {
        void take(byte[] array, int from, int length);
    }

    public ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(array, from, length).slice().asReadOnlyBuffer();
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(array, from, length);
    }

    /** As UTF-8 text; octets that are none become U+FFFD. */
    public String text() {
        return new String(array, from, length, StandardCharsets.UTF_8);
    }

    /** A character for each octet, U+0000 to U+00FF: to look for ASCII in it, fast. */
    public String latin1() {
        return new String(array, from, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(array, from, from + length, bytes.array, bytes.from, bytes.from + bytes.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Says how much, never what: octets may hold secrets. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
