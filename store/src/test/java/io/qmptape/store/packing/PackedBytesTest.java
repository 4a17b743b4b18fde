package io.qmptape.store.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.store.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedBytesTest {
    private static final int BLOCK = 256 << 10;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK + 77})
    void givesBackWhatWasPacked(int length) throws IOException {
        byte[] content = content(new Random(length), length);

        Path packed = pack(content);

        try (ReelBytes bytes = ReelBytes.open(packed)) {
            assertThat(bytes.isPacked()).isTrue();
            assertThat(bytes.size()).isEqualTo(length);
            assertThat(read(bytes, 0, length)).isEqualTo(content);
            assertThat(bytes.sha256()).isEqualTo(Sha256.of(content));
            assertThat(bytes.damages()).isEmpty();
            assertThat(bytes.read(ByteBuffer.allocate(1), length)).isNegative();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isReadFromAnywhere(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = content(random, 4 * BLOCK + random.nextInt(BLOCK));

        try (ReelBytes bytes = ReelBytes.open(pack(content))) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(content.length);
                int length = random.nextInt(Math.min(2 * BLOCK, content.length - from));
                assertThat(read(bytes, from, length))
                        .as("seed %d, %d bytes from %d", seed, length, from)
                        .isEqualTo(Arrays.copyOfRange(content, from, from + length));
            }
        }
    }

    @Test
    void takesNoRoomForZeros() throws IOException {
        Path one = pack(new byte[BLOCK]);
        Path many = pack(new byte[100 * BLOCK]);

        assertThat(Files.size(many) - Files.size(one)).isEqualTo(2 * 99 * 8);
    }

    @Test
    void tellsOfEveryByteThatIsChangedAndGivesAllOtherBlocks() throws IOException {
        byte[] content = new byte[3 * BLOCK + 99];
        for (int at = 0; at < content.length; at += BLOCK / 20) {
            content[at] = (byte) (1 + at % 101);
        }
        Path file = pack(content);
        byte[] packed = Files.readAllBytes(file);

        for (int at = 0; at < packed.length; at++) {
            byte[] changed = packed.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(file, changed);
            try (ReelBytes bytes = ReelBytes.open(file)) {
                assertThat(bytes.damages()).as("byte %d", at).hasSize(1);
                assertThat(blocksThatDiffer(bytes, content)).as("byte %d", at).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void givesTheBlocksInFrontOfACut() throws IOException {
        byte[] content = content(new Random(4), 4 * BLOCK);
        Path file = pack(content);
        byte[] packed = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(packed, packed.length / 2));

        try (ReelBytes bytes = ReelBytes.open(file)) {
            assertThat(blocksThatDiffer(bytes, content)).isBetween(1, 3);
            assertThat(bytes.damages()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void tellsOfBytesBehindItsEnd() throws IOException {
        Path file = pack(content(new Random(5), 1000));
        byte[] packed = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(packed, packed.length + 1));

        try (ReelBytes bytes = ReelBytes.open(file)) {
            assertThat(bytes.damages()).hasSize(1);
        }
    }

    @Test
    void readsAFileThatIsNotPackedAsItIs() throws IOException {
        byte[] content = content(new Random(6), 1000);
        Path file = Files.write(directory.resolve("plain"), content);

        try (ReelBytes bytes = ReelBytes.open(file)) {
            assertThat(bytes.isPacked()).isFalse();
            assertThat(read(bytes, 0, 1000)).isEqualTo(content);
            Files.write(file, new byte[2000]);
            assertThat(bytes.size()).isEqualTo(2000);
        }
    }

    @Test
    void staysReadableWhileAnotherTakesItsPlace() throws IOException {
        byte[] content = content(new Random(7), 3 * BLOCK);
        Path file = pack(content);

        try (ReelBytes bytes = ReelBytes.open(file)) {
            Files.delete(file);
            Files.write(file, new byte[10]);

            assertThat(read(bytes, 0, content.length)).isEqualTo(content);
        }
    }

    @Test
    void asksForRoomAndIsPrivate() throws IOException {
        Path plain = Files.write(directory.resolve("plain"), content(new Random(8), BLOCK));
        Path packed = directory.resolve("packed");

        try (ReelBytes bytes = ReelBytes.open(plain)) {
            assertThatThrownBy(() -> Packer.pack(bytes, packed, room -> {
                        throw new UncheckedIOException(new IOException("there is no room for " + room));
                    }))
                    .hasMessageContaining("no room");
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(packed)))
                .isEqualTo("rw-------");
    }

    /** Some of it noise, some of it text, some of it zeros. */
    private static byte[] content(Random random, int length) {
        byte[] content = new byte[length];
        for (int at = 0; at < length; ) {
            int end = at + 1 + random.nextInt(Math.min(length - at, BLOCK));
            switch (random.nextInt(3)) {
                case 0 -> {
                    byte[] noise = new byte[end - at];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, content, at, noise.length);
                }
                case 1 -> Arrays.fill(content, at, end, (byte) 'x');
                default -> {}
            }
            at = end;
        }
        return content;
    }

    private Path pack(byte[] content) throws IOException {
        Path plain = Files.write(Files.createTempFile(directory, "plain", ""), content);
        Path packed = plain.resolveSibling(plain.getFileName() + ".packed");
        try (ReelBytes bytes = ReelBytes.open(plain)) {
            Packer.pack(bytes, packed, room -> {});
        }
        return packed;
    }

    private static byte[] read(ReelBytes bytes, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && bytes.read(buffer, from + buffer.position()) >= 0) {
            continue;
        }
        return buffer.array();
    }

    private static int blocksThatDiffer(ReelBytes bytes, byte[] content) throws IOException {
        byte[] read = read(bytes, 0, content.length);
        int differ = 0;
        for (int at = 0; at < content.length; at += BLOCK) {
            int end = Math.min(content.length, at + BLOCK);
            differ += Arrays.equals(read, at, end, content, at, end) ? 0 : 1;
        }
        return differ;
    }
}
