package io.qmptape.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM, SIGINT and SIGHUP that come to this process go to another one, until this is closed. What comes before that one is
 * started reaches it then. Made before it is started, so that no signal comes too early.
 */
final class SignalsPassed implements AutoCloseable {
    private final List<Replaced> replaced = new ArrayList<>();
    private final List<Signal> early = new ArrayList<>();
    private @Nullable Process process;

    private SignalsPassed() {}

    static SignalsPassed listening() {
        SignalsPassed signals = new SignalsPassed();
        List.of("TERM", "INT", "HUP").forEach(signals::listen);
        return signals;
    }

    synchronized void to(Process started) throws IOException {
        process = started;
        for (Signal signal : early) {
            send(signal, started);
        }
        early.clear();
    }

    /** Signals do again what they did before. */
    @Override
    public synchronized void close() {
        replaced.forEach(one -> Signal.handle(one.signal(), one.before()));
        replaced.clear();
    }

    private void listen(String name) {
        try {
            Signal signal = new Signal(name);
            replaced.add(new Replaced(signal, Signal.handle(signal, this::come)));
        } catch (IllegalArgumentException e) {
            // it is ignored, as under nohup, and so it is by what this process starts
            return;
        }
    }

    private synchronized void come(Signal signal) {
        if (process == null) {
            early.add(signal);
            return;
        }
        try {
            send(signal, process);
        } catch (IOException e) {
            System.err.println("qmptape: SIG" + signal.getName() + " cannot be passed on: " + e.getMessage());
        }
    }

    /** Java itself knows SIGTERM and SIGKILL only. */
    private static void send(Signal signal, Process process) throws IOException {
        if (process.isAlive()) {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal.getName(), pidOf(process))
                    .inheritIO()
                    .start();
        }
    }

    private static String pidOf(Process process) {
        return String.valueOf(process.pid());
    }

    private record Replaced(Signal signal, SignalHandler before) {}
}
