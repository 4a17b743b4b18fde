package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A package's upgrade takes the program's file away under a relay that runs. */
@EnabledOnOs(OS.LINUX)
final class HeldFileTest {
    @TempDir
    Path directory;

    @Test
    void isTheFileItselfWhileThatIsInItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("program"), "old");
        try (InputStream open = Files.newInputStream(file)) {
            assertThat(HeldFile.of(file).path()).isEqualTo(file);
            assertThat(open.read()).isEqualTo('o');
        }
    }

    @Test
    void isStillWhatItWasWhenAnotherFileTookItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("program"), "old");
        Path other = Files.writeString(directory.resolve("program.new"), "new");
        try (InputStream open = Files.newInputStream(file)) {
            HeldFile held = HeldFile.of(file);

            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

            assertThat(file).content().isEqualTo("new");
            assertThat(held.path()).content().isEqualTo("old");
            assertThat(open.read()).isEqualTo('o');
        }
    }

    @Test
    void isStillThereWhenItIsNowhere() throws IOException {
        Path file = Files.writeString(directory.resolve("program"), "old");
        try (InputStream open = Files.newInputStream(file)) {
            HeldFile held = HeldFile.of(file);

            Files.delete(file);

            assertThat(held.path()).content().isEqualTo("old");
            assertThat(open.read()).isEqualTo('o');
        }
    }
}
