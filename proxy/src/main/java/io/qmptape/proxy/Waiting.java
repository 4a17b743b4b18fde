package io.qmptape.proxy;

import io.qmptape.traffic.Peer;
import io.qmptape.transport.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * A client that could not be connected at once. Told once a client.
 *
 * @param reason the system's words for it
 * @param atMost empty: as long as the client stays
 */
public record Waiting(Peer client, Endpoint upstream, String reason, Optional<Duration> atMost) {
    /** One line for people. */
    public String text() {
        return who() + " waits for " + upstream.address() + " (" + reason + "), "
                + atMost.map(limit -> "at most " + seconds(limit)).orElse("as long as it stays");
    }

    private String who() {
        if (!client.address().isEmpty()) {
            return "client " + client.address();
        }
        if (client.pid().isEmpty()) {
            return "a client";
        }
        String name = client.command().isEmpty() ? "client" : client.command();
        return name + " (pid " + client.pid().getAsLong() + ")";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
