package io.qmptape.cli;

import io.qmptape.proxy.ProxyOptions;
import io.qmptape.store.Tape;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.UnixEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: ",
        description = "Start a QEMU with a recorded monitor: qmptape run -- qemu-system-x86_64 ...",
        footer = {
            "",
            "If a QMP monitor among QEMU's options listens on a unix socket, qmptape stands in front",
            "of it: clients come to the same path (mode 0600), and QEMU listens in a private",
            "directory. Else QEMU gets a monitor more, and --listen says where clients come to.",
            "Either is there before QEMU starts; who comes early waits.",
            "",
            "The terminal, stdin, stdout and stderr are QEMU's; SIGTERM, SIGINT and SIGHUP go to it.",
            "The exit code is QEMU's, or 128 + N if signal N ended it; 2 if it cannot be started.",
            "Other descriptors are not handed on to it."
        })
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "E",
            description = "Where clients of a monitor come to that QEMU gets for them"
                    + " (default: QEMU's own monitor, else a socket in a private directory; named on stderr).")
    private @Nullable String listen;

    @Option(
            names = "--name",
            paramLabel = "VM",
            description = "What to call the machine (default: QEMU's -name, else its program).")
    private @Nullable String name;

    @Parameters(arity = "1..*", paramLabel = "-- QEMU", description = "The program, and its options.")
    private List<String> words = List.of();

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Mixin
    private final PolicyOption policy = new PolicyOption();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        QemuCommandLine qemu = new QemuCommandLine(words);
        if (qemu.leavesForTheBackground()) {
            throw new IllegalArgumentException("-daemonize would part QEMU from its recording: leave it out, and put"
                    + " qmptape itself into the background");
        }
        Tape chosen = tape.tape();
        RecorderApart recorder = rules.recorder(tape.places(), chosen);
        try (PrivateDirectory directory = PrivateDirectory.make()) {
            return run(chosen, recorder, plan(qemu, directory.path()));
        }
    }

    private Plan plan(QemuCommandLine qemu, Path directory) {
        Path monitor = directory.resolve("qemu.sock");
        Optional<QemuCommandLine.Monitor> own = Optional.ofNullable(listen).isPresent()
                ? Optional.empty()
                : qemu.monitors().stream()
                        .filter(one -> one.socket().isPresent())
                        .findFirst();
        qemu.monitors().stream()
                .filter(other -> own.filter(other::equals).isEmpty())
                .forEach(other -> System.err.println("qmptape: this monitor of QEMU is not recorded: "
                        + qemu.words().get(other.word())));
        Endpoint clients = own.<Endpoint>map(
                        found -> new UnixEndpoint(found.socket().orElseThrow()))
                .orElseGet(() -> Endpoint.parse(listen == null ? "unix:" + directory.resolve("monitor.sock") : listen));
        QemuCommandLine started =
                own.map(found -> qemu.moved(found, monitor)).orElseGet(() -> qemu.withMonitor(monitor));
        return new Plan(
                started,
                ProxyOptions.of(clients, new UnixEndpoint(monitor)).controlled(rules.control(policy.admission())));
    }

    private int run(Tape chosen, RecorderApart recorder, Plan plan) throws IOException, InterruptedException {
        ProxyOptions options =
                machineName(plan.qemu()).map(plan.options()::named).orElse(plan.options());
        try (SignalsPassed signals = SignalsPassed.listening();
                Recording recording = new Recording(chosen, options, recorder, new SystemClock())) {
            recording.start();
            Process process =
                    new ProcessBuilder(plan.qemu().words()).inheritIO().start();
            signals.to(process);
            return process.waitFor();
        }
    }

    /** The private path of its monitor, which it would be called by else, says nothing. */
    private Optional<String> machineName(QemuCommandLine qemu) {
        Optional<String> unnamed = qemu.namesTheMachine() ? Optional.empty() : Optional.of(qemu.program());
        return Optional.ofNullable(name).or(() -> unnamed);
    }

    private record Plan(QemuCommandLine qemu, ProxyOptions options) {}
}
