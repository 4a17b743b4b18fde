package io.qmptape.store.recorder;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Child}, started and, if it is to be, killed. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final DataInputStream told;
    private final List<Integer> checksums = new ArrayList<>();

    private ChildProcess(Process process) {
        this.process = process;
        this.told = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    static ChildProcess start(Path tape, long seed, Work work) throws IOException {
        return run(command(tape, seed, work));
    }

    /** Each record is forced to the disk, and only then told. */
    static ChildProcess startSynced(Path tape, long seed, Work work) throws IOException {
        List<String> command = new ArrayList<>(command(tape, seed, work));
        command.add("each");
        return run(command);
    }

    /** @param umask octal */
    static ChildProcess startWithUmask(String umask, Path tape, Work work) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(command(tape, 1, work));
        return run(command);
    }

    /**
     * Writes its system calls that force files and that write to a file, a line each.
     *
     * @param isSynced whether each record is forced to the disk
     */
    static ChildProcess startTraced(Path calls, boolean isSynced, Path tape, Work work) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-y", "-e", "trace=fdatasync,fsync,msync,write", "-o", calls.toString()));
        command.addAll(command(tape, 1, work));
        if (isSynced) {
            command.add("each");
        }
        return run(command);
    }

    private static ChildProcess run(List<String> command) throws IOException {
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static List<String> command(Path tape, long seed, Work work) {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(Child.class.getName(), tape.toString()));
        command.addAll(List.of(
                Long.toString(seed),
                Integer.toString(work.sessions()),
                Integer.toString(work.messages()),
                Long.toString(work.reelBytes())));
        return command;
    }

    /** The words in front of a main class. */
    static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        for (String opened : List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref")) {
            command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    record Work(int sessions, int messages, long reelBytes) {}

    /** Reads so many checksums, then kills it, then reads what it had still told. */
    List<Integer> killAfter(int records) throws IOException, InterruptedException {
        hearSome(records);
        // by the handle: the process's own way would close its streams too
        process.toHandle().destroyForcibly();
        process.waitFor();
        while (hear()) {
            continue;
        }
        return checksums;
    }

    /** Reads so many checksums. */
    void hearSome(int records) throws IOException {
        for (int i = 0; i < records && hear(); i++) {
            continue;
        }
    }

    /** Waits for its own end. */
    List<Integer> end() throws IOException, InterruptedException {
        return end(0);
    }

    List<Integer> end(int exitCode) throws IOException, InterruptedException {
        while (hear()) {
            continue;
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the recorder has not ended");
        }
        if (process.exitValue() != exitCode) {
            throw new AssertionError("the recorder ended with " + process.exitValue());
        }
        return checksums;
    }

    private boolean hear() throws IOException {
        try {
            checksums.add(told.readInt());
            return true;
        } catch (EOFException end) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
