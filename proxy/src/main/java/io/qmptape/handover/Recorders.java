package io.qmptape.handover;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A courier's recorders, one after the other: the one that runs, and what those before it have counted. Safe for all threads. */
final class Recorders {
    private @Nullable RecorderConnection running;
    private Tally before = Tally.NONE;
    private long begun;

    synchronized void begins(RecorderConnection next) {
        running = next;
        begun++;
    }

    synchronized void ended() {
        before = tally();
        running = null;
    }

    synchronized Optional<RecorderConnection> running() {
        return Optional.ofNullable(running);
    }

    synchronized RecorderState state(long queueBytes) {
        boolean isRunning = running != null && running.isRecording();
        return new RecorderState(isRunning, Math.max(0, begun - 1), queueBytes, tally());
    }

    private Tally tally() {
        return running == null ? before : before.and(running.tally());
    }
}
