package io.qmptape.handover;

import io.qmptape.traffic.SessionId;

/**
 * How far the recorder is with a session. What lies in front of {@code safe} is never needed again: whoever goes on from
 * there makes the same records of the rest.
 *
 * @param items how much this connection had brought of the session, behind its opening, at that place
 * @param safe a place at which no frame was begun
 * @param unanswered how many commands waited for their replies there, which nobody remembers from there on
 * @param written a place in front of which all is on the tape, or was told to be missing there
 * @param reel the reel that holds what lies just in front of {@code written}; empty if none does
 * @param isOver whether the session's end is on the tape
 */
public record Receipt(
        SessionId session, long items, Standing safe, int unanswered, Standing written, String reel, boolean isOver)
        implements Answer {
    /** The end of a session. */
    public static Receipt over(SessionId session) {
        return new Receipt(session, 0, Standing.BEGINNING, 0, Standing.BEGINNING, "", true);
    }

    /** Before anything was received. */
    public static Receipt none(SessionId session) {
        return new Receipt(session, 0, Standing.BEGINNING, 0, Standing.BEGINNING, "", false);
    }
}
