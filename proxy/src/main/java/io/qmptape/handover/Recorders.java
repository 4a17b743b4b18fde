package io.qmptape.handover;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A courier's recorders, one after the other: the one that runs, and what those before it have counted. Safe for all threads. */
final class Recorders {
    private volatile @Nullable RecorderConnection running;
    private Tally before = Tally.NONE;
    private volatile long begun;

    synchronized void begins(RecorderConnection next) {
        begun += 1;
        running = next;
    }

    synchronized void ended() {
        before = tally();
        running = null;
    }

    Optional<RecorderConnection> running() {
        return Optional.ofNullable(running);
    }

    /** Whether what passes now is recorded. Takes no lock. */
    boolean areRecording() {
        RecorderConnection present = running;
        // the first one has nothing to take over
        return present != null && present.isThere() && (begun == 1 || present.hasTakenOver());
    }

    synchronized RecorderState state(long queueBytes) {
        return new RecorderState(areRecording(), Math.max(0, begun - 1), queueBytes, tally());
    }

    private Tally tally() {
        RecorderConnection present = running;
        return present == null ? before : before.and(present.tally());
    }
}
