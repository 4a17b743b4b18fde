package io.qmptape.store.packing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A packed file. Keeps two blocks, so that whoever reads on over the edge between them unpacks none twice. */
final class PackedBytes implements ReelBytes {
    private static final int KEPT = 2;
    private static final byte DAMAGED = (byte) 0xff;

    private final FileChannel channel;
    private final PackTable table;
    private final Inflater inflater = new Inflater(true);
    private final byte[][] kept = new byte[KEPT][];
    private final int[] keptNumbers = new int[KEPT];

    PackedBytes(FileChannel channel, PackTable table) {
        this.channel = channel;
        this.table = table;
        Arrays.fill(keptNumbers, -1);
    }

    @Override
    public boolean isPacked() {
        return true;
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        if (at >= table.size()) {
            return -1;
        }
        int block = (int) (at / PackTable.BLOCK);
        int from = (int) (at % PackTable.BLOCK);
        int count = Math.min(into.remaining(), table.unpackedLength(block) - from);
        into.put(unpacked(block), from, count);
        return count;
    }

    @Override
    public List<Damage> damages() throws IOException {
        List<Damage> damages = new ArrayList<>();
        int blocks = table.blocks();
        if (!isTableAt(0)) {
            damages.add(new Damage(0, "the table at the beginning of the packed file was changed"));
        }
        for (int block = 0; block < blocks; block++) {
            if (!table.fits(block, packed(block))) {
                long begin = table.begin(block);
                String what =
                        "the packed file was changed between its bytes " + begin + " and " + table.begin(block + 1);
                damages.add(new Damage((long) block * PackTable.BLOCK, what));
            }
        }
        if (!isTableAt(table.begin(blocks)) || channel.size() != table.begin(blocks) + table.length()) {
            damages.add(new Damage(table.size(), "the table at the end of the packed file was changed"));
        }
        return damages;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }

    private boolean isTableAt(long at) throws IOException {
        return PackTable.bytes(channel, at, table.length()).equals(ByteBuffer.wrap(table.bytes()));
    }

    private byte[] unpacked(int block) throws IOException {
        int place = block % KEPT;
        byte[] octets = kept[place];
        if (octets == null) {
            octets = new byte[PackTable.BLOCK];
            kept[place] = octets;
        }
        if (keptNumbers[place] != block) {
            keptNumbers[place] = -1;
            unpack(block, octets);
            keptNumbers[place] = block;
        }
        return octets;
    }

    private void unpack(int block, byte[] into) throws IOException {
        if (table.packedLength(block) == 0) {
            Arrays.fill(into, (byte) 0);
        } else if (!isUnpacked(block, into)) {
            Arrays.fill(into, DAMAGED);
        }
    }

    /** Whether all of it is as it was. */
    private boolean isUnpacked(int block, byte[] into) throws IOException {
        byte[] packed = packed(block);
        if (!table.fits(block, packed)) {
            return false;
        }
        inflater.reset();
        inflater.setInput(packed);
        try {
            int length = table.unpackedLength(block);
            return inflater.inflate(into, 0, length) == length;
        } catch (DataFormatException e) {
            return false;
        }
    }

    private byte[] packed(int block) throws IOException {
        ByteBuffer packed = PackTable.bytes(channel, table.begin(block), table.packedLength(block));
        return Arrays.copyOf(packed.array(), packed.limit());
    }
}
