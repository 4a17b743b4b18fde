package io.qmptape.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of unix sockets without anybody having to connect: some monitors wait for their first client only. */
final class ListeningSockets {
    private static final Path LIST = Path.of("/proc/net/unix");
    private static final long ACCEPTING = 0x1_0000;
    private static final int FLAGS = 3;
    private static final int NAME = 7;

    private ListeningSockets() {}

    /** Whether one was bound by this name; false as well where that cannot be known. */
    static boolean haveName(Path path) throws IOException {
        if (!Files.isReadable(LIST)) {
            return false;
        }
        // names may hold any bytes
        String name = new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (var lines = Files.lines(LIST, StandardCharsets.ISO_8859_1)) {
            return lines.skip(1).map(line -> line.trim().split(" +", NAME + 1)).anyMatch(line -> isOf(name, line));
        }
    }

    private static boolean isOf(String name, String[] line) {
        return line.length > NAME && line[NAME].equals(name) && (Long.parseLong(line[FLAGS], 16) & ACCEPTING) != 0;
    }
}
