package io.qmptape.samples.cost;

import io.qmptape.store.recorder.RecorderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Prints what a message takes on the disk, beside what it is on the wire and beside the same compressed. */
final class Disk {
    private static final int MESSAGES = 400_000;
    /** As {@code gzip -6}. */
    private static final int LEVEL = 6;

    private static final int CHUNK = 1 << 20;

    private Disk() {}

    public static void main(String[] arguments) throws IOException {
        try (Recorded recorded = new Recorded(false, RecorderOptions.defaults())) {
            recorded.send(MESSAGES);
            recorded.finish();
            recorded.requireAll();
            print(recorded.tape().directory());
        }
    }

    private static void print(Path tape) throws IOException {
        long onDisk = 0;
        long compressed = 0;
        long began = System.nanoTime();
        for (Path file : files(tape)) {
            onDisk += Files.size(file);
            compressed += compressed(Files.readAllBytes(file));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "%d messages of %d bytes: ", MESSAGES, Talk.MESSAGE_BYTES);
        System.out.printf(
                Locale.ROOT, "%s on the disk, %s compressed, in %.1f s%n", each(onDisk), each(compressed), seconds);
    }

    private static String each(long bytes) {
        double each = (double) bytes / MESSAGES;
        return String.format(Locale.ROOT, "%.0f bytes each (%.2f of raw)", each, each / Talk.MESSAGE_BYTES);
    }

    private static List<Path> files(Path tape) throws IOException {
        try (Stream<Path> all = Files.walk(tape)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static long compressed(byte[] content) {
        Deflater deflater = new Deflater(LEVEL);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[CHUNK];
        long length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(out);
        }
        deflater.end();
        return length;
    }
}
