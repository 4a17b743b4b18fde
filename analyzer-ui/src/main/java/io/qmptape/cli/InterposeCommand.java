package io.qmptape.cli;

import io.qmptape.proxy.ProxyOptions;
import io.qmptape.store.Tape;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.InterposedEndpoint;
import io.qmptape.transport.UnixEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "interpose",
        mixinStandardHelpOptions = true,
        description =
                "Slip in front of monitor sockets that are in use, and record what passes, until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "Each monitor's socket is renamed to .NAME.qmptape beside its PATH, and qmptape",
            "listens at PATH, with the same mode and owner. Clients change nothing. At the",
            "end the socket has its PATH again; after a crash, a second `interpose PATH`",
            "finds it.",
            "",
            "What is not seen: clients that are connected already, until they come again;",
            "and a QEMU that is started anew at PATH: that is told, and `interpose` can be",
            "started again.",
            "",
            "SIGTERM ends the recording, not the clients' connections: they are relayed on",
            "until they close (see --stop), for libvirt kills a VM whose monitor goes away.",
            "A kill -9 of qmptape, or a second signal, cuts them off."
        })
final class InterposeCommand implements Callable<Integer> {
    private static final StopOptions.Manner USUAL = StopOptions.Manner.DRAIN;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Unix sockets that QEMUs listen on.")
    private List<String> paths = List.of();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a client waits for a monitor that does not answer (default: ${DEFAULT-VALUE}).")
    private double patience;

    @Mixin
    private final StopOptions stop = new StopOptions();

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Mixin
    private final PolicyOption policy = new PolicyOption();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (stop.isRelay()) {
            throw new IllegalArgumentException("--stop=relay is for `record`: `interpose` gives the path back");
        }
        List<ProxyOptions> monitors = monitors();
        Tape chosen = tape.tape();
        RecorderSite recorder = rules.recorder(tape.places(), chosen);
        try (Ending ending = Ending.bySignals(2);
                Recording recording = new Recording(chosen, monitors, recorder, new SystemClock())) {
            recording.start();
            System.err.println("clients that were connected before are not seen until they come again");
            new Displacement(recording, monitors.size()).watch(ending);
            if (stop.isDrain(USUAL)) {
                recording.drain(ending);
            }
        }
        return Qmptape.FINE;
    }

    private List<ProxyOptions> monitors() throws IOException {
        Set<InterposedEndpoint> places = new LinkedHashSet<>();
        for (String path : paths) {
            if (!(Endpoint.parse(path) instanceof UnixEndpoint unix)) {
                throw new IllegalArgumentException(path + " has no file that could be renamed: use `record` there");
            }
            places.add(InterposedEndpoint.at(unix.path()));
        }
        List<ProxyOptions> monitors = new ArrayList<>();
        for (InterposedEndpoint place : places) {
            monitors.add(ProxyOptions.of(place, place.monitor())
                    .withGrace(stop.grace(USUAL))
                    .withPatience(Amounts.seconds(patience))
                    .controlled(rules.control(policy.admission())));
        }
        return monitors;
    }
}
