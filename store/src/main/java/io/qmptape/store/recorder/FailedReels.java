package io.qmptape.store.recorder;

import io.qmptape.store.ReelContents;
import io.qmptape.store.TapeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reels that could not be written to their end. They stay locked until the next one has taken over their sessions: else
 * somebody who cares for the tape could take those for abandoned. One thread.
 */
final class FailedReels {
    private static final Logger LOG = LoggerFactory.getLogger(FailedReels.class);

    private final List<TapeWriter> writers = new ArrayList<>();

    /** What such a reel really holds: a fault can come to light behind a write that seemed to succeed. Empty if that cannot be read. */
    static Optional<ReelContents> reread(TapeWriter failed) {
        if (!failed.isInPlace()) {
            return Optional.empty();
        }
        try {
            return Optional.of(failed.reread());
        } catch (RuntimeException e) {
            LOG.debug("The failed reel {} cannot be read", failed.reel(), e);
            return Optional.empty();
        }
    }

    void add(TapeWriter failed) {
        writers.add(failed);
    }

    /** Leaves them to whoever cares for the tape. */
    void abandon() {
        for (TapeWriter failed : writers) {
            try {
                failed.abandon();
            } catch (RuntimeException | InternalError e) {
                LOG.debug("The failed reel {} did not close cleanly", failed.reel(), e);
            }
        }
        writers.clear();
    }
}
