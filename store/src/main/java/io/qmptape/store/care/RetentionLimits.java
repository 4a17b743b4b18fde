package io.qmptape.store.care;

import java.time.Duration;
import java.util.Optional;

/**
 * What a tape may hold. Limits that are empty do not limit.
 *
 * @param age of a reel's last record
 * @param bytes of all reels on the disk
 * @param freeBytes that must stay free on the tape's file system
 * @param machine whose sessions alone may go, by its name
 */
public record RetentionLimits(
        Optional<Duration> age, Optional<Long> bytes, Optional<Long> freeBytes, Optional<String> machine) {
    public static RetentionLimits none() {
        return new RetentionLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public RetentionLimits withAge(Duration atMost) {
        return new RetentionLimits(Optional.of(atMost), bytes, freeBytes, machine);
    }

    public RetentionLimits withBytes(long atMost) {
        return new RetentionLimits(age, Optional.of(atMost), freeBytes, machine);
    }

    public RetentionLimits withFreeBytes(long atLeast) {
        return new RetentionLimits(age, bytes, Optional.of(atLeast), machine);
    }

    public RetentionLimits of(String oneMachine) {
        return new RetentionLimits(age, bytes, freeBytes, Optional.of(oneMachine));
    }

    public boolean limitNothing() {
        return age.isEmpty() && bytes.isEmpty() && freeBytes.isEmpty();
    }
}
