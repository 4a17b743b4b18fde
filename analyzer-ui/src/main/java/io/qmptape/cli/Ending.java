package io.qmptape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The end, by SIGTERM, Ctrl-C or SIGHUP, of what runs until then. Made before what it ends is started, so that no
 * signal comes too early.
 *
 * <p>A shutdown hook would not do: in a JVM that is on its way out, classes that register hooks of their own cannot be
 * loaded, Chronicle's among them, and what a recorder still has to write would be lost. So the signal only wakes
 * whoever waits, and the program ends as it does otherwise. One more signal than are waited for ends the process at once.
 */
final class Ending implements AutoCloseable {
    private static final int LOOK_MILLIS = 200;

    private final Semaphore come = new Semaphore(0);
    private final Runnable action;
    private final List<Replaced> replaced = new ArrayList<>();
    private int left;

    private Ending(int signals, Runnable action) {
        this.left = signals;
        this.action = action;
    }

    /** For {@link #await}. */
    static Ending bySignal() {
        return bySignals(1);
    }

    /** For so many calls of {@link #await}: each signal ends one. */
    static Ending bySignals(int count) {
        return started(new Ending(count, () -> {}));
    }

    /** @param action what the first signal does, on a thread of the JVM's */
    static Ending onSignal(Runnable action) {
        return started(new Ending(1, action));
    }

    private static Ending started(Ending ending) {
        List.of("TERM", "INT", "HUP").forEach(ending::listen);
        return ending;
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        come.acquire();
    }

    /** @return whether the signal came in time */
    boolean await(Duration limit) throws InterruptedException {
        return come.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** It comes too when nothing more can be read, as when the process at the other end of a pipe is gone. */
    void comeAtEndOf(InputStream source) {
        Thread watch = new Thread(() -> awaitEndOf(source), "qmptape-parent");
        watch.setDaemon(true);
        watch.start();
    }

    /** It comes too when this is so, which is looked at again and again. */
    void comeWhen(BooleanSupplier isSo) {
        Thread watch = new Thread(() -> awaitThat(isSo), "qmptape-attending");
        watch.setDaemon(true);
        watch.start();
    }

    private void awaitThat(BooleanSupplier isSo) {
        try {
            while (!isSo.getAsBoolean()) {
                Thread.sleep(LOOK_MILLIS);
            }
            come.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEndOf(InputStream source) {
        try {
            source.transferTo(OutputStream.nullOutputStream());
        } catch (IOException brokenOff) {
            // as good as the end
        } finally {
            come.release();
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
        if (isLast()) {
            close();
        }
        action.run();
        come.release();
    }

    private synchronized boolean isLast() {
        left--;
        return left <= 0;
    }

    private record Replaced(Signal signal, SignalHandler before) {}
}
