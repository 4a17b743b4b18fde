package io.qmptape.cli;

import io.qmptape.proxy.ProcessFiles;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --until-exit PID}: a process that what runs here ends with, as the QEMU that it stands in front of. */
final class AttendedProcess {
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
        return !process.isAlive() || ProcessFiles.ofSystem().isZombie(process.pid());
    }

    @Override
    public String toString() {
        return String.valueOf(pid);
    }
}
