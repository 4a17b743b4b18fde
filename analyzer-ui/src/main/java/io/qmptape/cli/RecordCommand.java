package io.qmptape.cli;

import io.qmptape.proxy.ProxyOptions;
import io.qmptape.store.Tape;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Stand in front of a monitor socket and record what passes, until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "Point your client at the --listen endpoint instead of the monitor's own.",
            "Each client gets its own connection to QEMU, and every byte is forwarded",
            "before it is looked at.",
            "",
            "Passwords and other secrets are masked before they reach the disk. A pseudonym",
            "is a hash under a key of this host: whoever has both can guess a short secret,",
            "as a PIN. --mask=drop leaves nothing to guess."
        })
final class RecordCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            required = true,
            paramLabel = "E",
            description = "Where clients come to; connect:E connects to a client that listens.")
    private String listen = "";

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "E",
            description = "The monitor of QEMU; listen:E is where a QEMU with server=off connects to.")
    private String upstream = "";

    @Option(
            names = "--name",
            paramLabel = "VM",
            description = "What to call the machine (default: -name of the QEMU process, else the endpoint).")
    private @Nullable String name;

    @Mixin
    private final StopOptions stop = new StopOptions();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a client waits for a monitor that is not there yet (default: ${DEFAULT-VALUE}).")
    private double patience;

    @Mixin
    private final AttendedProcess process = new AttendedProcess();

    @Option(
            names = "--ready",
            description = "Say `ready` on stdout, and close it, when clients can come, for a script to wait for.")
    private boolean saysReady;

    @Option(
            names = "--ui",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "8470",
            description = "Serve the analyzer page too (default port: ${FALLBACK-VALUE}).")
    private @Nullable Integer uiPort;

    @Option(
            names = "--metrics",
            paramLabel = "E",
            arity = "0..1",
            fallbackValue = "tcp:127.0.0.1:9470",
            description = "Serve /metrics for Prometheus and /healthz, over TCP (default E: ${FALLBACK-VALUE}).")
    private @Nullable String metrics;

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Mixin
    private final PolicyOption policy = new PolicyOption();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        process.find();
        ProxyOptions options = ProxyOptions.of(Endpoint.parse(listen), Endpoint.parse(upstream))
                .withGrace(stop.grace(StopOptions.Manner.GRACE))
                .withPatience(Amounts.seconds(patience))
                .controlled(rules.control(policy.admission()));
        ProxyOptions whole = name == null ? options : options.named(name);
        Tape chosen = tape.tape();
        RecorderApart recorder = rules.recorder(tape.places(), chosen);
        SystemClock clock = new SystemClock();
        RecorderSite site = metrics == null ? recorder : new MeasuredSite(Endpoint.parse(metrics), recorder, clock);
        Supplier<Recording> recording = () -> new Recording(chosen, whole, site, clock);
        if (uiPort != null) {
            return serve(chosen, recording, uiPort);
        }
        run(recording, () -> {});
        return Qmptape.FINE;
    }

    /** The page first: if its port is taken, nothing has been recorded yet. */
    private int serve(Tape chosen, Supplier<Recording> recording, int port) throws IOException, InterruptedException {
        chosen.create();
        Optional<PageProcess> served = PageProcess.start(tape.places(), chosen, port);
        if (served.isEmpty()) {
            return Qmptape.TROUBLE;
        }
        try (PageProcess page = served.get()) {
            run(recording, () -> System.out.println(page.url()));
        }
        return Qmptape.FINE;
    }

    private void run(Supplier<Recording> made, Runnable whenStarted) throws InterruptedException {
        try (Ending ending = Ending.bySignals(2);
                Recording recording = made.get()) {
            process.ends(ending);
            recording.start();
            whenStarted.run();
            sayReady();
            ending.await();
            if (!process.isGone()) {
                relayOn(recording, ending);
            }
            if (process.isGone()) {
                System.err.println("process " + process + " has ended, and the recording with it");
                recording.settle();
            }
        }
    }

    private void relayOn(Recording recording, Ending ending) throws InterruptedException {
        if (stop.isRelay()) {
            recording.relay(ending);
        } else if (stop.isDrain(StopOptions.Manner.GRACE)) {
            recording.drain(ending);
        }
    }

    /** Who reads until the end waits for no more than this. */
    private void sayReady() {
        if (saysReady) {
            System.out.println("ready");
            System.out.close();
        }
    }
}
