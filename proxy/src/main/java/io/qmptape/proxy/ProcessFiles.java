package io.qmptape.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What /proc tells of a process; empty where there is no such process, or no /proc. May block: not for event loops. */
public final class ProcessFiles {
    private static final int MAX_BYTES = 256 << 10;
    /** Fields of stat after the command, which is the second: state is the third of all, then the 20th and the 22nd. */
    private static final int STATE = 0;

    private static final int THREADS = 20 - 3;
    private static final int START_TIME = 22 - 3;

    private final Path root;

    ProcessFiles(Path root) {
        this.root = root;
    }

    public static ProcessFiles ofSystem() {
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

    /** In clock ticks after boot. */
    OptionalLong startTicks(long pid) {
        return number(stat(pid), START_TIME);
    }

    /** Whether it has ended, and its parent has not asked how. The first thread of a process is a zombie too while others go on. */
    public boolean isZombie(long pid) {
        String[] stat = stat(pid);
        return stat[STATE].equals("Z") && number(stat, THREADS).orElse(1) <= 1;
    }

    /** The command before these fields may hold blanks and brackets of its own. At least one, perhaps empty. */
    private String[] stat(long pid) {
        String stat = read(pid, "stat");
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    }

    private static OptionalLong number(String[] fields, int at) {
        if (fields.length <= at) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(fields[at]));
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
