package io.qmptape.handover;

import io.qmptape.traffic.Traffic;
import java.util.List;

/** What goes to the recorder. {@link HandoverCodec} is its byte form. */
public sealed interface Handover {
    /** Something new, or something that a recorder that died has not put on the tape. */
    record Seen(Traffic traffic) implements Handover {}

    /** A recorder has died, and with it went these sessions, which are not over: the first thing that its successor hears. */
    record Resumed(List<Unfinished> sessions) implements Handover {
        public Resumed {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * @param prologue how the session began, up to a safe place: who greeted, and what was negotiated; may be missing
     * @param last what was received of it last
     */
    record Unfinished(Traffic.Opened opened, List<Traffic.Read> prologue, Receipt last) {
        public Unfinished {
            prologue = List.copyOf(prologue);
        }
    }
}
