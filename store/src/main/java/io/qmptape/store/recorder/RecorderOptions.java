package io.qmptape.store.recorder;

import java.time.Duration;

/**
 * @param queueBytes how much may wait for the tape before reads are counted as a gap
 * @param freeBytes how much must stay free on the tape's file system: Chronicle maps its files, and a full disk kills
 * @param retry how long a tape that failed is left alone
 * @param clockEvery how often both clocks are read while a session is open
 */
public record RecorderOptions(long queueBytes, long freeBytes, Duration retry, Duration clockEvery) {
    public static RecorderOptions defaults() {
        return new RecorderOptions(64L << 20, 64L << 20, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    public RecorderOptions {
        if (queueBytes < 1 || freeBytes < 0) {
            throw new IllegalArgumentException("a recorder needs a queue: " + queueBytes + " bytes are none");
        }
    }

    public RecorderOptions withQueueBytes(long bytes) {
        return new RecorderOptions(bytes, freeBytes, retry, clockEvery);
    }
}
