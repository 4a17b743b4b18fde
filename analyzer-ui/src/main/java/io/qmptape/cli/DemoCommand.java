package io.qmptape.cli;

import io.qmptape.proxy.ProxyOptions;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.SystemClock;
import io.qmptape.transport.Endpoint;
import io.qmptape.transport.UnixEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "The main job on this machine: a QEMU, the recorder before it, a client, and the page to look at it.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(names = "--once", description = "Look at the page once and end, instead of serving it.")
    private boolean isOnce;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8470",
            description = "Port of the page; 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--client",
            paramLabel = "E",
            description = "Only the demo's client, against this endpoint: for a replay.")
    private @Nullable String clientOnly;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (clientOnly != null) {
            talk(Endpoint.parse(clientOnly));
            return Qmptape.FINE;
        }
        Tape chosen = tape.tape();
        chosen.create();
        // a signal takes the machine away, and with it all that waits for the machine comes to its end
        try (Ending ending = Ending.onSignal(DemoCommand::endMachine);
                AnalyzerPage page = new AnalyzerPage(tape.places(), chosen, port)) {
            page.start();
            record(chosen);
            page.catchUp();
            look(page, told(chosen), ending);
        }
        return Qmptape.FINE;
    }

    private static void endMachine() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    private static SessionSummary told(Tape chosen) {
        SessionSummary session = chosen.find("latest");
        System.out.println("  4  on the tape " + chosen.directory() + ": session " + session.id());
        System.out.println("     " + SessionText.count(session.frames(), "message") + ", "
                + SessionText.count(session.errors(), "error") + ", "
                + SessionText.count(session.findings(), "finding") + ", "
                + SessionText.count(session.masked(), "secret") + " masked");
        return session;
    }

    private void record(Tape chosen) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("qmptape-demo");
        Path monitor = directory.resolve("qemu.sock");
        Path proxy = directory.resolve("client.sock");
        ProxyOptions options = ProxyOptions.of(new UnixEndpoint(proxy), new UnixEndpoint(monitor))
                .named("demo");
        RedactionKey key = RedactionKey.readOrCreate(tape.places().key(chosen.create()));
        try (DemoMachine machine = DemoMachine.start(monitor);
                Recording recording = recording(chosen, options, key)) {
            System.out.println("  1  " + machine.words() + " listens on " + monitor);
            Endpoint listening = recording.start();
            System.out.println("  2  qmptape stands in front of it on " + listening);
            System.out.println("  3  a client comes:");
            talk(listening);
        } finally {
            Files.deleteIfExists(monitor);
            Files.deleteIfExists(proxy);
            Files.deleteIfExists(directory);
        }
    }

    /** What is short may stay in one process. */
    private static Recording recording(Tape chosen, ProxyOptions options, RedactionKey key) {
        SystemClock clock = new SystemClock();
        TapeRules rules = TapeRules.usual(Redaction.with(key));
        return new Recording(chosen, options, new RecorderHere(chosen, rules, clock), clock);
    }

    private static void talk(Endpoint endpoint) throws IOException {
        try (DemoClient client = DemoClient.connect(endpoint, LIMIT, System.out)) {
            client.run();
        } catch (IOException e) {
            throw new IOException("the demo's client at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private void look(AnalyzerPage page, SessionSummary session, Ending ending)
            throws IOException, InterruptedException {
        System.out.println("  5  the page to look at it: " + page.url() + "s/" + session.id());
        System.out.println(
                "     or try: qmptape show latest, qmptape search kind:failure, qmptape diff latest~1 latest");
        if (isOnce) {
            visit(page.url() + "api/v1/sessions/" + session.id());
        } else {
            System.out.println("     Ctrl-C ends it");
            ending.await();
        }
    }

    /** What a browser would do first: the session must be there. */
    private static void visit(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the page answered " + answer.statusCode() + " for " + address);
        }
        System.out.println("     looked at once: " + answer.body().length() + " characters about the session");
    }
}
