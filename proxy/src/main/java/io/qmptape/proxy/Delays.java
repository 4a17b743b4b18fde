package io.qmptape.proxy;

/**
 * Whoever measures what the relay costs: for each read the time until the other side's kernel has taken all of it. Called on
 * event loops: must not block or throw.
 */
@FunctionalInterface
public interface Delays {
    Delays UNMEASURED = nanos -> {};

    void added(long nanos);
}
