package io.qmptape.cli;

import io.qmptape.replay.DivergenceReport;
import io.qmptape.replay.Script;
import io.qmptape.replay.Secrets;
import io.qmptape.replay.server.PlayResult;
import io.qmptape.replay.server.ReplayServer;
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
                "Exit code 0 when the script was played to its end, 1 at the first divergence, with a report."
            })
    int serve(
            @Parameters(paramLabel = "S", description = "The session.") String session,
            @Option(names = "--listen", required = true, paramLabel = "E", description = "Where the client comes to.")
                    String listen,
            @Mixin TapeOption tape)
            throws InterruptedException, ExecutionException {
        Script script = Script.of(tape.session(session).load());
        try (EventLoops loops = EventLoops.best();
                ReplayServer server = new ReplayServer(loops, Endpoint.parse(listen), script, Secrets.withoutKey());
                Ending ending = Ending.onSignal(server::close)) {
            System.err.println("playing session " + script.session() + " on " + server.start());
            return tell(server.result().get());
        }
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
