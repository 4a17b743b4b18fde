package io.qmptape.store.recorder;

import java.time.Duration;
import java.util.Optional;

/**
 * @param queueBytes how much may wait for the tape before reads are counted as a gap
 * @param freeBytes how much must stay free on the tape's file system: Chronicle maps its files, and a full disk kills
 * @param retry how long a tape that failed is left alone
 * @param clockEvery how often both clocks are read while a session is open
 * @param reelBytes how many bytes of records a reel takes before the next one begins
 * @param sync how long a record may wait until it would outlive a power cut, zero for not at all; empty leaves that to the
 *     system
 */
public record RecorderOptions(
        long queueBytes, long freeBytes, Duration retry, Duration clockEvery, long reelBytes, Optional<Duration> sync) {
    public static RecorderOptions defaults() {
        return new RecorderOptions(
                64L << 20, 64L << 20, Duration.ofSeconds(1), Duration.ofMinutes(1), 64L << 20, Optional.empty());
    }

    public RecorderOptions {
        if (queueBytes < 1 || freeBytes < 0) {
            throw new IllegalArgumentException("a recorder needs a queue: " + queueBytes + " bytes are none");
        }
        if (reelBytes < 1) {
            throw new IllegalArgumentException("a reel needs room: " + reelBytes + " bytes are none");
        }
    }

    public RecorderOptions withQueueBytes(long bytes) {
        return new RecorderOptions(bytes, freeBytes, retry, clockEvery, reelBytes, sync);
    }

    public RecorderOptions withFreeBytes(long bytes) {
        return new RecorderOptions(queueBytes, bytes, retry, clockEvery, reelBytes, sync);
    }

    public RecorderOptions withRetry(Duration pause) {
        return new RecorderOptions(queueBytes, freeBytes, pause, clockEvery, reelBytes, sync);
    }

    public RecorderOptions withReelBytes(long bytes) {
        return new RecorderOptions(queueBytes, freeBytes, retry, clockEvery, bytes, sync);
    }

    public RecorderOptions withSync(Duration atMost) {
        return new RecorderOptions(queueBytes, freeBytes, retry, clockEvery, reelBytes, Optional.of(atMost));
    }
}
