package io.qmptape.samples.cost;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.SystemClock;
import io.qmptape.traffic.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a relay sees of 50 clients that ask a balloon for its statistics: a command and its reply by turns, a read a message
 * and 300 bytes each. The bytes are made once, so that making them costs no benchmark anything.
 */
final class Talk {
    static final int SESSIONS = 50;
    static final int MESSAGE_BYTES = 300;
    private static final int DIFFERENT = 1024;

    private static final String ASKS =
            "{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"/machine/peripheral/%s\","
                    + " \"property\": \"guest-stats\"}, \"id\": \"libvirt-%d\"}\n";
    private static final String TELLS =
            "{\"return\": {\"stats\": {\"stat-swap-out\": 0, \"stat-available-memory\": 3807350784,"
                    + " \"stat-free-memory\": 3733962752, \"stat-minor-faults\": 178223, \"stat-major-faults\": 251,"
                    + " \"stat-total-memory\": 4125532160, \"stat-swap-in\": 0}, \"last-update\": 17953%s}, \"id\": \"libvirt-%d\"}\r\n";

    private final SystemClock clock = new SystemClock();
    private final List<SessionId> sessions =
            IntStream.range(0, SESSIONS).mapToObj(i -> SessionId.random()).toList();
    private final Bytes[] commands = new Bytes[DIFFERENT];
    private final Bytes[] replies = new Bytes[DIFFERENT];
    private long sent;

    Talk() {
        for (int i = 0; i < DIFFERENT; i++) {
            commands[i] = filled(ASKS, "b", 10_000 + i);
            replies[i] = filled(TELLS, "1", 10_000 + i);
        }
    }

    /** The sessions begin. */
    List<Traffic> openings() {
        return sessions.stream().map(this::opening).toList();
    }

    /** The next message of all sessions. */
    Traffic next() {
        long turn = sent / SESSIONS;
        SessionId session = sessions.get((int) (sent % SESSIONS));
        sent++;
        int which = (int) (turn / 2 % DIFFERENT);
        return turn % 2 == 0
                ? read(session, Direction.CLIENT_TO_SERVER, commands[which])
                : read(session, Direction.SERVER_TO_CLIENT, replies[which]);
    }

    /** How many messages there were so far. */
    long sent() {
        return sent;
    }

    /** The sessions end. */
    List<Traffic> closings() {
        return sessions.stream()
                .<Traffic>map(session -> new Traffic.Closed(session, clock.nanos(), CloseCause.CLIENT_LEFT))
                .toList();
    }

    SessionId aSession() {
        return sessions.get(0);
    }

    private Traffic opening(SessionId session) {
        ClockPair now = clock.pair();
        return new Traffic.Opened(
                session, now, Machine.named("web-01"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:/tmp/l", "unix:/tmp/u");
    }

    private Traffic read(SessionId session, Direction direction, Bytes bytes) {
        return new Traffic.Read(session, direction, clock.nanos(), bytes, List.of());
    }

    private static Bytes filled(String text, String filling, int id) {
        int missing = MESSAGE_BYTES - text.formatted("", id).length();
        return Bytes.utf8(text.formatted(filling.repeat(missing), id));
    }
}
