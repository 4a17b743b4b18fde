package io.qmptape.store.packing;

import io.qmptape.store.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;

/** Packs one file. Holds a block, and a block packed. One thread. Owns what it writes. */
public final class Packer implements AutoCloseable {
    private static final byte[] ZEROS = new byte[PackTable.BLOCK];

    private final ReelBytes from;
    private final PackTable table;
    private final FileChannel to;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final ByteBuffer block = ByteBuffer.allocate(PackTable.BLOCK);
    private final byte[] packed = new byte[PackTable.MAX_PACKED];

    private Packer(ReelBytes from, Path to) throws IOException {
        this.from = from;
        this.table = new PackTable(from.size());
        this.to = PrivateFiles.open(to, StandardOpenOption.CREATE_NEW);
    }

    /** Whether a file can be packed: none of more than 3.9 GiB can. */
    public static boolean takes(ReelBytes file) throws IOException {
        return file.size() <= (long) PackTable.MAX_BLOCKS * PackTable.BLOCK;
    }

    /**
     * Returns when the packed file is on the disk.
     *
     * @param to does not exist yet
     * @param room is told of the bytes before they are written, and may refuse
     */
    public static void pack(ReelBytes from, Path to, LongConsumer room) throws IOException {
        try (Packer packer = new Packer(from, to)) {
            packer.pack(room);
        }
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        to.close();
    }

    private void pack(LongConsumer room) throws IOException {
        to.position(table.length());
        for (int number = 0; number < table.blocks(); number++) {
            int length = packed(number);
            room.accept(length);
            write(ByteBuffer.wrap(packed, 0, length));
            table.set(number, packed, length);
        }
        write(ByteBuffer.wrap(table.bytes()));
        to.position(0);
        write(ByteBuffer.wrap(table.bytes()));
        to.force(true);
    }

    /** @return how many bytes of the buffer it takes */
    private int packed(int number) throws IOException {
        block.clear().limit(table.unpackedLength(number));
        long at = (long) number * PackTable.BLOCK;
        while (block.hasRemaining()) {
            if (from.read(block, at + block.position()) < 0) {
                throw new IOException("the file was cut while it was read");
            }
        }
        if (isZeros()) {
            return 0;
        }
        deflater.reset();
        deflater.setInput(block.flip());
        deflater.finish();
        int length = deflater.deflate(packed);
        if (!deflater.finished()) {
            throw new IllegalStateException("what is packed takes more than deflate may take");
        }
        return length;
    }

    private boolean isZeros() {
        return Arrays.equals(block.array(), 0, block.position(), ZEROS, 0, block.position());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
