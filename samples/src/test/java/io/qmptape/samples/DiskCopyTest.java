package io.qmptape.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of QEMU, tested without a QEMU. */
@Timeout(60)
final class DiskCopyTest {
    private static final Path SESSION = Path.of("sessions", "mirror.qmp.jsonl");

    @TempDir
    private Path directory;

    @Test
    void copiesADisk() throws Exception {
        try (RecordedQemu qemu = new RecordedQemu(SESSION, directory).start()) {
            try (DiskCopy client = DiskCopy.connect(qemu.socket())) {
                assertThat(client.copy("disk", "copy", "full")).isEqualTo(1 << 20);
            }

            qemu.assertPlayed();
        }
    }

    @Test
    void failsWithTheDifferenceWhenACommandChanges() throws Exception {
        try (RecordedQemu qemu = new RecordedQemu(SESSION, directory).start()) {
            try (DiskCopy client = DiskCopy.connect(qemu.socket())) {
                assertThatThrownBy(() -> client.copy("disk", "copy", "top")).isInstanceOf(IOException.class);
            }

            assertThatThrownBy(qemu::assertPlayed)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the client sent something else than was recorded: message 2 of 4")
                    .hasMessageContaining("$.arguments.sync")
                    .hasMessageContaining("recorded: \"full\"")
                    .hasMessageContaining("received: \"top\"");
        }
    }

    @Test
    void failsWhenTheClientLeavesEarly() throws Exception {
        try (RecordedQemu qemu = new RecordedQemu(SESSION, directory).start()) {
            DiskCopy.connect(qemu.socket()).close();

            assertThatThrownBy(qemu::assertPlayed)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the client left before the script was played")
                    .hasMessageContaining("blockdev-mirror");
        }
    }
}
