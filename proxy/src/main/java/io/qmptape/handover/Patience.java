package io.qmptape.handover;

import java.time.Duration;

/**
 * How long a recorder may say nothing before it is taken for one that hangs, and another one takes its place. One that works
 * says something every second.
 *
 * @param takingOver from its start until it has gone on with what the one before it left: it may have to read a large tape
 * @param atEnd when it has only to write what is left
 */
record Patience(Duration working, Duration takingOver, Duration atEnd) {
    static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofSeconds(20));
}
