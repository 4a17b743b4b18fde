package io.qmptape.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far something long has come: a bar on stderr, from its second second on, and only if stderr is a terminal. Closing
 * wipes it away. One thread; nothing else may be said on stderr while it is open.
 */
final class ProgressBar implements AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDTH = 30;
    /** Back to the line's start, and all of it away. */
    private static final String WIPE = "\r\033[K";

    private final String what;
    private final long total;
    private final Screen screen;
    private final long startedNanos;
    private long drawnNanos;
    private boolean isDrawn;

    /** Where it is drawn, and by what clock. */
    record Screen(PrintStream out, boolean isTerminal, LongSupplier nanos) {
        static Screen ofProcess() {
            return new Screen(System.err, isTerminal(Path.of("/proc/self/fd/2")), System::nanoTime);
        }

        /** Without /proc nobody can tell for stderr alone; the JVM can for stdin and stdout together. */
        private static boolean isTerminal(Path descriptor) {
            try {
                String target = Files.exists(descriptor.getParent())
                        ? Files.readSymbolicLink(descriptor).toString()
                        : "";
                boolean isDevice = target.startsWith("/dev/pts/")
                        || target.startsWith("/dev/tty")
                        || target.equals("/dev/console");
                return target.isEmpty() ? System.console() != null : isDevice;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /**
     * @param what is being done, as {@code reading libvirtd.log}
     * @param total what {@link #at} counts up to; 0 where nobody knows
     */
    ProgressBar(String what, long total) {
        this(what, total, Screen.ofProcess());
    }

    ProgressBar(String what, long total, Screen screen) {
        this.what = what;
        this.total = total;
        this.screen = screen;
        this.startedNanos = screen.nanos().getAsLong();
        this.drawnNanos = startedNanos;
    }

    /** Cheap enough to be called often. */
    void at(long done) {
        if (!screen.isTerminal()) {
            return;
        }
        long now = screen.nanos().getAsLong();
        if (now - startedNanos >= QUIET_NANOS && now - drawnNanos >= REDRAW_NANOS) {
            drawnNanos = now;
            isDrawn = true;
            screen.out().print(WIPE + Printable.of(what, 40) + "  " + picture(done));
            screen.out().flush();
        }
    }

    private String picture(long done) {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%,d", done);
        }
        double part = Math.min(1, Math.max(0, (double) done / total));
        int filled = (int) (part * WIDTH);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + (int) (part * 100) + " %";
    }

    @Override
    public void close() {
        if (isDrawn) {
            screen.out().print(WIPE);
            screen.out().flush();
            isDrawn = false;
        }
    }
}
