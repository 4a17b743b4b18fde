package io.qmptape.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve("7"));
        Files.writeString(root.resolve("7").resolve(file), text);
    }
}
