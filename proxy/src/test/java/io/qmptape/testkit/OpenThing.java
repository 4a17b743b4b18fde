package io.qmptape.testkit;

import io.qmptape.protocol.DescriptorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Something with a file descriptor of its own, open here until it is closed.
 *
 * @param mark how /proc names what the descriptor leads to, the same in every process
 */
public record OpenThing(int descriptor, DescriptorKind kind, String mark) implements AutoCloseable {
    private static final int LIMIT_SECONDS = 20;

    /** A pipe's end; the other one is closed. */
    public static OpenThing pipe() {
        int[] ends = new int[2];
        LibC.INSTANCE.pipe2(ends, LibC.O_CLOEXEC);
        LibC.INSTANCE.close(ends[1]);
        return of(ends[0], DescriptorKind.PIPE);
    }

    public static OpenThing socket() {
        return of(LibC.INSTANCE.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0), DescriptorKind.SOCKET);
    }

    public static OpenThing file(Path file) {
        return of(LibC.INSTANCE.open(file.toString(), LibC.O_CLOEXEC), DescriptorKind.FILE);
    }

    public static OpenThing device() {
        return of(LibC.INSTANCE.open("/dev/zero", LibC.O_CLOEXEC), DescriptorKind.DEVICE);
    }

    private static OpenThing of(int descriptor, DescriptorKind kind) {
        return new OpenThing(descriptor, kind, markOf("self", descriptor));
    }

    /** Of a descriptor that came, which it closes. */
    public static String takeMark(int descriptor) {
        String mark = markOf("self", descriptor);
        LibC.INSTANCE.close(descriptor);
        return mark;
    }

    /** @param process its number, or {@code self} */
    public static String markOf(Object process, int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process + "/fd/" + descriptor))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all that the process has open now. */
    public static List<String> marksOf(Object process) {
        List<String> marks = new ArrayList<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + process + "/fd"))) {
            for (Path descriptor : open) {
                try {
                    marks.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return marks;
    }

    /** How many descriptors to it a started program would inherit. */
    public static long inheritedOf(String mark) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            long inherited = 0;
            for (Path descriptor : open) {
                boolean isIts = Files.isSymbolicLink(descriptor)
                        && mark.equals(Files.readSymbolicLink(descriptor).toString());
                Path status = Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName());
                inherited += isIts && (flagsIn(status) & LibC.O_CLOEXEC) == 0 ? 1 : 0;
            }
            return inherited;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long flagsIn(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("flags:"))
                .mapToLong(
                        line -> Long.parseLong(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until nothing of these is open in this process. */
    public static void awaitGone(List<String> marks) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<String> left = marks;
        while (!left.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(left.size() + " of " + marks.size() + " descriptors are left open");
            }
            List<String> open = marksOf("self");
            left = marks.stream().filter(open::contains).toList();
        }
    }

    @Override
    public void close() {
        LibC.INSTANCE.close(descriptor);
    }
}
