package io.qmptape.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --until-exit PID}: a process that what runs here ends with, as the QEMU that it stands in front of. */
final class AttendedProcess {
    /** Fields of stat after the command, which is the second: state is the third of all, the number of threads the 20th. */
    private static final int STATE = 0;

    private static final int THREADS = 20 - 3;

    @Option(
            names = "--until-exit",
            paramLabel = "PID",
            description = "End by itself when this process has ended, as the QEMU; its last words are waited for.")
    private @Nullable Integer pid;

    private Optional<ProcessHandle> process = Optional.empty();

    /** @throws IllegalArgumentException if one was named that is not there */
    void find() {
        process = Optional.ofNullable(pid).map(AttendedProcess::of);
    }

    private static ProcessHandle of(int pid) {
        return ProcessHandle.of(pid)
                .filter(found -> !hasEnded(found))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--until-exit: there is no process " + pid + " that could end: give that of a running one"));
    }

    /** Lets the end come when the process has ended. */
    void ends(Ending ending) {
        if (process.isPresent()) {
            ending.comeWhen(this::isGone);
        }
    }

    boolean isGone() {
        return process.filter(AttendedProcess::hasEnded).isPresent();
    }

    /** To Java, one whose parent has not asked yet how it ended is alive; on a system without /proc, to us too. */
    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    /** The first thread of a process is one too while others go on. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return String.valueOf(pid);
    }
}
