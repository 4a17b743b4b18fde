package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.store.foreign.Lines.Line;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a reader puts what it finds: sessions, and what it could not understand. One reading, one thread. */
final class ForeignSessions {
    /** Where a recording does not say where its sockets were. */
    static final String UNKNOWN = "unknown";

    private final Hearer hearer;
    private final String machine;
    private final List<ForeignSession> open = new ArrayList<>();
    private int count;

    /** @param machine the name of the machine that was spoken to */
    ForeignSessions(Hearer hearer, String machine) {
        this.hearer = hearer;
        this.machine = machine;
    }

    /** Who hears what a reading finds. */
    interface Hearer {
        /** The id of a session, by its place among those of the recording, from 0. */
        SessionId id(int place);

        void opened(Traffic.Opened opened);

        void passed(Traffic traffic);

        /** Never holds what the line holds. */
        void misunderstood(long line, String why);

        /** A line that is about something else. */
        void passedOver();
    }

    /** @param upstream what the recording says about the monitor */
    ForeignSession open(ClockPair clock, String upstream) {
        SessionId id = hearer.id(count++);
        hearer.opened(
                new Traffic.Opened(id, clock, Machine.named(machine), Peer.UNKNOWN, Peer.UNKNOWN, UNKNOWN, upstream));
        ForeignSession session = new ForeignSession(id, clock.nanos(), hearer::passed);
        open.add(session);
        return session;
    }

    /** A session of a recording that knows the time of day only, or, with 0, no time: nanoseconds count from 1970. */
    ForeignSession openAt(long epochNanos, String upstream) {
        Instant wall = Instant.ofEpochSecond(0, epochNanos);
        return open(new ClockPair(epochNanos, wall, ""), upstream);
    }

    void close(ForeignSession session, CloseCause cause) {
        session.close(cause);
        open.remove(session);
    }

    /** The recording is over, and does not say how its sessions went on. */
    void end() {
        open.forEach(session -> session.close(CloseCause.UNKNOWN));
        open.clear();
    }

    /** The one value that these bytes of the line hold; told as misunderstood if they hold none. */
    Optional<Json> message(Line line, Direction direction, Bytes bytes) {
        Optional<Json> json = line.isCut() ? Optional.empty() : JsonReader.read(bytes, direction);
        if (json.isEmpty()) {
            misunderstood(line, "the message in it is not whole, or no JSON that QEMU would take");
        }
        return json;
    }

    void misunderstood(Line line, String why) {
        hearer.misunderstood(line.number(), why);
    }

    void passOver() {
        hearer.passedOver();
    }
}
