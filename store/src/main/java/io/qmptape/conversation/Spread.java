package io.qmptape.conversation;

/**
 * How far some durations lie apart.
 *
 * @param medianNanos one of them, within 3 % of their median
 */
public record Spread(long leastNanos, long medianNanos, long mostNanos) {}
