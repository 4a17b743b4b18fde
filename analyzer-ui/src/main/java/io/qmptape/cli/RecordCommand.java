package io.qmptape.cli;

import io.qmptape.proxy.ProxyOptions;
import io.qmptape.store.Tape;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.transport.Endpoint;
import java.time.Duration;
import java.util.concurrent.Callable;
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
    @Option(names = "--listen", required = true, paramLabel = "E", description = "Where clients come to.")
    private String listen = "";

    @Option(names = "--upstream", required = true, paramLabel = "E", description = "The monitor of QEMU.")
    private String upstream = "";

    @Option(
            names = "--name",
            paramLabel = "VM",
            description = "What to call the machine (default: -name of the QEMU process, else the endpoint).")
    private @Nullable String name;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long open sessions may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    private double grace;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a client waits for a monitor that is not there yet (default: ${DEFAULT-VALUE}).")
    private double patience;

    @Option(
            names = "--ui",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "8470",
            description = "Serve the analyzer page too (default port: ${FALLBACK-VALUE}).")
    private @Nullable Integer uiPort;

    @Option(
            names = "--sync",
            paramLabel = "TIME",
            arity = "0..1",
            fallbackValue = "1s",
            description = "Force records to the disk so often, or `each` one, so that they outlive a power cut too"
                    + " (without a TIME: ${FALLBACK-VALUE}; default: the system decides).")
    private @Nullable String sync;

    @Mixin
    private final RetentionOptions retention = new RetentionOptions();

    @Mixin
    private final MaskOptions masks = new MaskOptions();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws InterruptedException {
        ProxyOptions options = ProxyOptions.of(Endpoint.parse(listen), Endpoint.parse(upstream))
                .withGrace(seconds(grace))
                .withPatience(seconds(patience));
        Tape chosen = tape.tape();
        TapeRules rules = rules(masks.redaction(tape.places(), chosen));
        ProxyOptions whole = name == null ? options : options.named(name);
        if (uiPort == null) {
            run(chosen, whole, rules, () -> {});
        } else {
            serve(chosen, whole, rules, uiPort);
        }
        return Qmptape.FINE;
    }

    /** The page first: if its port is taken, nothing has been recorded yet. */
    private void serve(Tape chosen, ProxyOptions options, TapeRules rules, int port) throws InterruptedException {
        chosen.create();
        try (AnalyzerPage page = new AnalyzerPage(tape.places(), chosen, port)) {
            page.start();
            run(chosen, options, rules, () -> System.out.println(page.url()));
        }
    }

    private void run(Tape chosen, ProxyOptions options, TapeRules rules, Runnable whenStarted)
            throws InterruptedException {
        try (Ending ending = Ending.bySignal();
                Recording recording = new Recording(chosen, options, rules)) {
            recording.start();
            whenStarted.run();
            ending.await();
        }
    }

    private TapeRules rules(Redaction redaction) {
        RecorderOptions recorder = RecorderOptions.defaults();
        if (sync != null) {
            recorder = recorder.withSync(sync.equals("each") ? Duration.ZERO : Amounts.duration(sync));
        }
        return new TapeRules(recorder, retention.limits(), redaction);
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds < 1e6)) {
            throw new IllegalArgumentException(seconds + " is no time to wait: give seconds, 0 or more");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
