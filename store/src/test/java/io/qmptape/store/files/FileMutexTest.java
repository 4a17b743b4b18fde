package io.qmptape.store.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FileMutexTest {
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 1500;

    @TempDir
    Path directory;

    @Test
    void hasOneHolderInAllProcesses() throws Exception {
        Path lock = directory.resolve("lock");
        Path counter = Files.writeString(directory.resolve("counter"), "0");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Counting.class.getName(),
                            lock.toString(),
                            counter.toString())
                    .inheritIO()
                    .start());
        }

        for (Process process : processes) {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertThat(counter).hasContent(String.valueOf(PROCESSES * ROUNDS));
    }

    @Test
    void makesNoFileByAsking() {
        Path lock = directory.resolve("lock");

        assertThat(FileMutex.isHeld(lock)).isFalse();

        assertThat(lock).doesNotExist();
    }

    /** Seen by another thread while the file is made again and again, so that one moment of another mode would show. */
    @Test
    void isItsOwnersAloneFromTheFirstMoment() throws Exception {
        Path lock = directory.resolve("lock");
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Set<String>> modes = new CompletableFuture<>();
        Thread watcher = new Thread(() -> modes.complete(modesUntil(isOver, lock)));
        watcher.start();

        for (int i = 0; i < 20_000; i++) {
            FileMutex.tryAcquire(lock).orElseThrow().closeAndDelete();
        }
        isOver.set(true);

        assertThat(modes.get()).containsExactly("rw-------");
    }

    private static Set<String> modesUntil(AtomicBoolean isOver, Path file) {
        Set<String> modes = new HashSet<>();
        while (!isOver.get()) {
            try {
                modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            } catch (IOException away) {
                // between two lives
            }
        }
        return modes;
    }

    @Test
    void isTheSameByAnotherNameOfItsDirectory() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);

        try (FileMutex held = FileMutex.acquire(real.resolve("lock"), Duration.ZERO)) {
            assertThat(FileMutex.tryAcquire(link.resolve("lock"))).isEmpty();
            assertThat(FileMutex.isHeld(link.resolve("lock"))).isTrue();
            assertThat(isHeldElsewhere(real.resolve("lock"))).isTrue();
        }
    }

    private static boolean isHeldElsewhere(Path lock) throws IOException {
        // the kernel's list names locks by the number of their file
        String number = Files.getAttribute(lock, "unix:ino").toString();
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains(":" + number + " ") && line.contains("POSIX"));
    }

    /** Adds to a number in a file, with the lock. */
    static final class Counting {
        private Counting() {}

        public static void main(String[] paths) throws IOException {
            Path counter = Path.of(paths[1]);
            for (int i = 0; i < ROUNDS; i++) {
                try (FileMutex held = FileMutex.acquire(Path.of(paths[0]), Duration.ofMinutes(1))) {
                    int count = Integer.parseInt(Files.readString(counter));
                    Files.writeString(counter, String.valueOf(count + 1));
                }
            }
        }
    }
}
