package io.qmptape.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What SIGTERM, SIGINT or SIGHUP does to sessions that are open. */
final class StopOptions {
    enum Manner {
        GRACE,
        DRAIN,
        RELAY,
        NOW
    }

    @Option(
            names = "--stop",
            paramLabel = "HOW",
            description = {
                "What SIGTERM or Ctrl-C does (default: grace for record, drain for interpose).",
                "grace: open sessions may go on for --grace, then they are cut off.",
                "drain: recording ends, the tape is sealed, no new client is taken; open sessions are relayed on,"
                        + " unrecorded, until they close. One more signal cuts them off.",
                "relay: recording ends, the tape is sealed; all is relayed on, unrecorded, new clients too, until one"
                        + " more signal comes.",
                "now: open sessions are cut off."
            })
    private @Nullable Manner manner;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long --stop=grace lets open sessions go on (default: ${DEFAULT-VALUE}).")
    private double grace;

    boolean isDrain(Manner usual) {
        return chosen(usual) == Manner.DRAIN;
    }

    boolean isRelay() {
        return manner == Manner.RELAY;
    }

    /** What sessions still have that are open when a proxy is closed. */
    Duration grace(Manner usual) {
        Duration given = Amounts.seconds(grace);
        return chosen(usual) == Manner.GRACE ? given : Duration.ZERO;
    }

    private Manner chosen(Manner usual) {
        return manner == null ? usual : manner;
    }
}
