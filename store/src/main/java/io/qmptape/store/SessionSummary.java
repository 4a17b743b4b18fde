package io.qmptape.store;

import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.SessionId;
import java.time.Duration;
import java.util.Optional;

/**
 * A session in one line.
 *
 * @param arrivedAtMillis when its first record came onto this tape, milliseconds since 1970: the order of {@code latest}
 * @param qemuVersion as the greeting says, {@code 7.2.22}; empty without one
 * @param frames messages and noise in both directions
 * @param errors error replies
 * @param masked secrets that stand-ins stand for
 * @param duration from the opening to the last record seen
 * @param cause empty while the session is open
 */
public record SessionSummary(
        Opened opened,
        long arrivedAtMillis,
        String qemuVersion,
        long frames,
        long errors,
        long findings,
        long masked,
        long gaps,
        Duration duration,
        Optional<CloseCause> cause) {

    public SessionId id() {
        return opened.session();
    }

    public boolean isOpen() {
        return cause.isEmpty();
    }
}
