package io.qmptape.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What /proc tells of a process; empty where there is no such process, or no /proc. May block: not for event loops. */
final class ProcessFiles {
    private static final int MAX_BYTES = 256 << 10;
    /** Fields of stat after the command, which is the second: the start time is the 22nd of all. */
    private static final int START_TIME = 22 - 3;

    private final Path root;

    ProcessFiles(Path root) {
        this.root = root;
    }

    static ProcessFiles ofSystem() {
        return new ProcessFiles(Path.of("/proc"));
    }

    /** The short name. */
    String command(long pid) {
        return read(pid, "comm").strip();
    }

    List<String> arguments(long pid) {
        String line = read(pid, "cmdline");
        return line.isEmpty() ? List.of() : List.of(line.split("\0", -1));
    }

    /** In clock ticks after boot. The command before it may hold blanks and brackets of its own. */
    OptionalLong startTicks(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length <= START_TIME) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(fields[START_TIME]));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private String read(long pid, String file) {
        try (InputStream in =
                Files.newInputStream(root.resolve(Long.toString(pid)).resolve(file))) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
