package io.qmptape.store.recorder;

import io.qmptape.handover.Standing;
import io.qmptape.traffic.SessionId;

/**
 * How far a scribe is with its session.
 *
 * @param items how many it had taken at the safe place
 * @param safe see {@link io.qmptape.handover.Receipt}
 * @param unanswered how many commands waited for their replies there
 */
record Reached(SessionId session, long items, Standing safe, int unanswered) {}
