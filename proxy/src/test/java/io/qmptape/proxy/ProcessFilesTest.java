package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProcessFilesTest {
    @TempDir
    Path root;

    @Test
    void readsTheStartTimeBehindACommandWithBlanksAndBrackets() throws IOException {
        write("stat", "7 (a) b (c) S 1 7 7 0 -1 4194304 92 0 0 0 0 0 0 0 20 0 1 0 4711 2646016 208\n");

        assertThat(new ProcessFiles(root).startTicks(7)).hasValue(4711);
    }

    @Test
    void splitsTheCommandLineAtItsZeros() throws IOException {
        write("cmdline", "qemu\0-name\0a b\0\0");

        assertThat(new ProcessFiles(root).arguments(7)).startsWith("qemu", "-name", "a b");
    }

    @Test
    void knowsNothingOfAProcessThatIsGone() {
        ProcessFiles files = new ProcessFiles(root);

        assertThat(files.command(7)).isEmpty();
        assertThat(files.arguments(7)).isEmpty();
        assertThat(files.startTicks(7)).isEmpty();
    }

    @Test
    void isNotLedAstrayByAShortStat() throws IOException {
        write("stat", "7 (a) S x");

        assertThat(new ProcessFiles(root).startTicks(7)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Z, 1, true", "Z, 2, false", "S, 1, false"})
    void takesAProcessForAZombieWhenNoneOfItsThreadsGoesOn(String state, int threads, boolean isOne)
            throws IOException {
        write("stat", "7 (a) " + state + " 1 7 7 0 -1 4194304 92 0 0 0 0 0 0 0 20 0 " + threads + " 0 4711 0 0\n");

        assertThat(new ProcessFiles(root).isZombie(7)).isEqualTo(isOne);
    }

    @Test
    void takesNoProcessThatIsGoneForAZombie() {
        assertThat(new ProcessFiles(root).isZombie(7)).isFalse();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve("7"));
        Files.writeString(root.resolve("7").resolve(file), text);
    }
}
