package io.qmptape.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A QEMU without guest and without KVM, with one monitor socket. Owns the process; the directory is the test's. */
public final class RealQemu implements AutoCloseable {
    private static final String PROGRAM = "qemu-system-x86_64";
    private static final int LIMIT_MILLIS = 30_000;
    private static final int LOOK_MILLIS = 10;

    private final Process process;
    private final Path socket;

    private RealQemu(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts it and waits for the monitor; skips the test where QEMU is not installed.
     *
     * @param options more of its command line, as {@code -name vm1}
     */
    public static RealQemu start(Path directory, String... options) {
        Path program = Installed.require(PROGRAM, "qemu");
        Path socket = directory.resolve("q.sock");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-M", "none", "-nodefaults"));
        command.addAll(List.of("-display", "none", "-qmp", "unix:" + socket + ",server=on,wait=off"));
        command.addAll(List.of(options));
        try {
            Path log = directory.resolve("qemu.log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            RealQemu qemu = new RealQemu(process, socket);
            qemu.awaitSocket(log);
            return qemu;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "unix:" + socket;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it ended by itself, within a limit. */
    public boolean hasEnded() {
        return waitFor(LIMIT_MILLIS);
    }

    private void awaitSocket(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (!Files.exists(socket)) {
            if (waitFor(LOOK_MILLIS) || System.nanoTime() > deadline) {
                close();
                throw new AssertionError("QEMU made no monitor: " + Files.readString(log));
            }
        }
    }

    private boolean waitFor(int millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for QEMU", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        waitFor(LIMIT_MILLIS);
    }
}
