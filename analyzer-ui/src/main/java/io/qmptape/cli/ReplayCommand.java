package io.qmptape.cli;

import io.qmptape.replay.DivergenceReport;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.replay.server.PlayResult;
import io.qmptape.replay.server.ReplayServer;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.EventLoops;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Play a recorded session back.",
        synopsisSubcommandLabel = "COMMAND")
final class ReplayCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Play QEMU to the first client that connects, in strict order.",
                "Where the key that masked the session is at hand, a masked value matches that value alone;",
                "elsewhere it matches any value of its type.",
                "Exit code 0 when the script was played to its end, 1 at the first divergence, with a report."
            })
    int serve(
            @Parameters(paramLabel = "S", description = "The session.") String session,
            @Option(names = "--listen", required = true, paramLabel = "E", description = "Where the client comes to.")
                    String listen,
            @Mixin TapeOption tape)
            throws InterruptedException, ExecutionException {
        RecordedSession recorded = tape.session(session).load();
        Script script = Script.of(recorded);
        Secrets secrets = secrets(recorded.opened().key(), tape.places());
        try (EventLoops loops = EventLoops.best();
                ReplayServer server = new ReplayServer(loops, Endpoint.parse(listen), script, secrets);
                Ending ending = Ending.onSignal(server::close)) {
            System.err.println("playing session " + script.session() + " on " + server.start());
            return tell(server.result().get());
        }
    }

    /** The key that masked the session may lie here, of whatever tape it is. */
    private static Secrets secrets(String fingerprint, Places places) {
        return RedactionKey.find(places.keys(), fingerprint)
                .map(Secrets::withKey)
                .orElseGet(Secrets::withoutKey);
    }

    private static int tell(PlayResult result) {
        if (result instanceof PlayResult.Played played) {
            System.err.println(
                    "played to the end: " + played.received() + " messages received, " + played.sent() + " sent");
            return Qmptape.FINE;
        } else if (result instanceof PlayResult.Parted parted) {
            System.out.print(new DivergenceReport(parted.divergence()).text());
            return Qmptape.DIFFERENT;
        }
        System.err.println("stopped before the script was played");
        return Qmptape.TROUBLE;
    }
}
