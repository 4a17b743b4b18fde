package io.qmptape.store.packing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the blocks of a packed file lie. It stands at both ends of the file, so that whatever befalls one leaves the other:
 *
 * <pre>
 *     table | block | block | … | table
 * </pre>
 *
 * It looks like an entry of a queue with a record of a layout that no version reads. So whoever does not know packed files,
 * or not this form of them, refuses the reel instead of finding nothing in it.
 */
final class PackTable {
    /** How much is packed on its own. */
    static final int BLOCK = 256 << 10;
    /** So that the table is not longer than an entry of a queue can be. */
    static final int MAX_BLOCKS = 16_000;

    /** Deflate adds little to what it cannot make smaller. */
    static final int MAX_PACKED = BLOCK + (1 << 10);

    private static final byte WHOLE_RECORD = 0;
    /** Not one of the layouts of records. */
    private static final byte LAYOUT = 127;

    private static final byte[] FORM = "qmptape pack 1".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD_AT = Integer.BYTES + 1;
    private static final int EACH = 2 * Integer.BYTES;
    private static final int SIZE_AT = RECORD_AT + 1 + FORM.length;
    private static final int FIXED = SIZE_AT + Long.BYTES + 2 * Integer.BYTES;

    private final long size;
    /** Of the packed blocks; zero for one that holds nothing but zeros. */
    private final int[] lengths;
    /** CRC-32C of the packed blocks. */
    private final int[] checksums;

    /** @param size of the file that is packed */
    PackTable(long size) {
        this.size = size;
        this.lengths = new int[blocks(size)];
        this.checksums = new int[lengths.length];
    }

    /** The table of a packed file; empty if the file is none. */
    static Optional<PackTable> of(FileChannel channel) throws IOException {
        Optional<PackTable> first =
                read(channel, 0, bytes(channel, 0, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN));
        if (first.isPresent()) {
            return first;
        }
        long end = channel.size();
        ByteBuffer length = bytes(channel, end - EACH, Integer.BYTES);
        return length.remaining() < Integer.BYTES
                ? Optional.empty()
                : read(channel, end - Integer.BYTES - length.getInt(0), length);
    }

    long size() {
        return size;
    }

    int blocks() {
        return lengths.length;
    }

    /** How many bytes it takes itself. */
    int length() {
        return FIXED + lengths.length * EACH;
    }

    /** Where in the packed file a block begins; for the number behind the last, where they end. */
    long begin(int block) {
        long at = length();
        for (int i = 0; i < block; i++) {
            at += lengths[i];
        }
        return at;
    }

    /** How many bytes of the file are in a block. */
    int unpackedLength(int block) {
        return (int) Math.min(BLOCK, size - (long) block * BLOCK);
    }

    int packedLength(int block) {
        return lengths[block];
    }

    /** To be told of each block, before the table is written. */
    void set(int block, byte[] packed, int length) {
        lengths[block] = length;
        checksums[block] = checksum(packed, 0, length);
    }

    boolean fits(int block, byte[] packed) {
        return packed.length == lengths[block] && checksum(packed, 0, packed.length) == checksums[block];
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length());
        int follows = bytes.capacity() - Integer.BYTES;
        bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(follows).order(ByteOrder.BIG_ENDIAN);
        bytes.put(WHOLE_RECORD).put(LAYOUT).put(FORM).putLong(size);
        for (int block = 0; block < lengths.length; block++) {
            bytes.putInt(lengths[block]).putInt(checksums[block]);
        }
        bytes.putInt(follows);
        bytes.putInt(checksum(bytes.array(), RECORD_AT, bytes.position() - RECORD_AT));
        return bytes.array();
    }

    /** @param follows holds how many bytes of it follow on the first four */
    private static Optional<PackTable> read(FileChannel channel, long at, ByteBuffer follows) throws IOException {
        int length = follows.remaining() < Integer.BYTES ? 0 : Integer.BYTES + follows.getInt(0);
        if (length < FIXED || length > FIXED + MAX_BLOCKS * EACH) {
            return Optional.empty();
        }
        byte[] bytes = bytes(channel, at, length).array();
        ByteBuffer fields = ByteBuffer.wrap(bytes).position(SIZE_AT);
        long size = fields.getLong();
        if (size < 0 || size > (long) MAX_BLOCKS * BLOCK || FIXED + blocks(size) * EACH != length) {
            return Optional.empty();
        }
        PackTable table = new PackTable(size);
        table.fill(fields);
        return Arrays.equals(bytes, table.bytes()) ? Optional.of(table) : Optional.empty();
    }

    private void fill(ByteBuffer fields) {
        for (int block = 0; block < lengths.length; block++) {
            // what cannot be makes it another table, which this is not then
            lengths[block] = Math.max(0, Math.min(fields.getInt(), MAX_PACKED));
            checksums[block] = fields.getInt();
        }
    }

    private static int blocks(long size) {
        return Math.toIntExact((size + BLOCK - 1) / BLOCK);
    }

    /** Fewer at the end of the file. */
    static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (at >= 0 && bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
