package io.qmptape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The end, by SIGTERM, Ctrl-C or SIGHUP, of what runs until then. Made before what it ends is started, so that no
 * signal comes too early.
 *
 * <p>A shutdown hook would not do: in a JVM that is on its way out, classes that register hooks of their own cannot be
 * loaded, Chronicle's among them, and what a recorder still has to write would be lost. So the signal only wakes
 * whoever waits, and the program ends as it does otherwise. A second signal ends the process at once.
 */
final class Ending implements AutoCloseable {
    private final CountDownLatch hasCome = new CountDownLatch(1);
    private final Runnable action;
    private final List<Replaced> replaced = new ArrayList<>();

    private Ending(Runnable action) {
        this.action = action;
    }

    /** For {@link #await}. */
    static Ending bySignal() {
        return onSignal(() -> {});
    }

    /** @param action what the first signal does, on a thread of the JVM's */
    static Ending onSignal(Runnable action) {
        Ending ending = new Ending(action);
        List.of("TERM", "INT", "HUP").forEach(ending::listen);
        return ending;
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        hasCome.await();
    }

    /** It comes too when nothing more can be read, as when the process at the other end of a pipe is gone. */
    void comeAtEndOf(InputStream source) {
        Thread watch = new Thread(() -> awaitEndOf(source), "qmptape-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private void awaitEndOf(InputStream source) {
        try {
            source.transferTo(OutputStream.nullOutputStream());
        } catch (IOException brokenOff) {
            // as good as the end
        } finally {
            hasCome.countDown();
        }
    }

    /** Signals do again what they did before. */
    @Override
    public synchronized void close() {
        replaced.forEach(one -> Signal.handle(one.signal(), one.before()));
        replaced.clear();
    }

    private synchronized void listen(String name) {
        try {
            Signal signal = new Signal(name);
            replaced.add(new Replaced(signal, Signal.handle(signal, this::come)));
        } catch (IllegalArgumentException e) {
            // This system has no such signal, or its JVM was told to leave signals alone.
            return;
        }
    }

    private void come(Signal signal) {
        close();
        action.run();
        hasCome.countDown();
    }

    private record Replaced(Signal signal, SignalHandler before) {}
}
