package io.qmptape.store.recorder;

import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log of bytes that came faster than they could be recorded: the first gap at once, and what follows in sums, for
 * a flood makes hundreds. One thread.
 */
final class LossLog {
    private static final Logger LOG = LoggerFactory.getLogger(LossLog.class);
    static final Duration EVERY = Duration.ofSeconds(10);

    private final Set<SessionId> sessions = new HashSet<>();
    private long gaps;
    private long bytes;
    private boolean isQuiet = true;
    private long toldAtNanos;

    void lost(Traffic.Lost lost, long now) {
        LOG.debug("Session {}: a gap of {} bytes", lost.session(), lost.bytes());
        sessions.add(lost.session());
        gaps++;
        bytes += lost.bytes();
        if (isQuiet) {
            tell(now);
        } else {
            tick(now);
        }
    }

    void tick(long now) {
        if (!isQuiet && now - toldAtNanos >= EVERY.toNanos()) {
            tell(now);
        }
    }

    /** What is left to tell. With nothing new since the last line, the next gap is a first one again. */
    void tell(long now) {
        if (gaps > 0) {
            LOG.warn(
                    "{} bytes came faster than they could be recorded: {} gaps in {} sessions",
                    bytes,
                    gaps,
                    sessions.size());
        }
        isQuiet = gaps == 0;
        toldAtNanos = now;
        gaps = 0;
        bytes = 0;
        sessions.clear();
    }
}
