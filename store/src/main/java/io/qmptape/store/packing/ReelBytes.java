package io.qmptape.store.packing;

import io.qmptape.store.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a file of a reel held when it was written, whether or not it was packed since: positions are those of then. What is
 * open stays readable while the file is packed or taken away. One thread. Owns the file.
 */
public sealed interface ReelBytes extends AutoCloseable permits PlainBytes, PackedBytes {
    /** @throws IOException if there is no such file, or it cannot be read */
    static ReelBytes open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        boolean isOpen = false;
        try {
            Optional<PackTable> table = PackTable.of(channel);
            isOpen = true;
            return table.isPresent() ? new PackedBytes(channel, table.get()) : new PlainBytes(channel);
        } finally {
            if (!isOpen) {
                channel.close();
            }
        }
    }

    /**
     * Something that is not as it was packed.
     *
     * @param at where it is in what was packed
     */
    record Damage(long at, String what) {}

    boolean isPacked();

    /** As far as it is known by now: a file that is being written grows. */
    long size() throws IOException;

    /**
     * Reads some bytes, not always as many as there is room for. What is damaged reads as ones, which are no entry of a queue.
     *
     * @return how many; negative at the end
     */
    int read(ByteBuffer into, long at) throws IOException;

    /** Reads all that is packed and compares; nothing is unpacked. */
    List<Damage> damages() throws IOException;

    /** Of all bytes, from the first to the last, as hex. */
    default String sha256() throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(PackTable.BLOCK);
        long at = 0;
        for (int count = read(buffer, at); count >= 0; count = read(buffer.clear(), at)) {
            digest.update(buffer.flip());
            at += count;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    void close() throws IOException;
}
