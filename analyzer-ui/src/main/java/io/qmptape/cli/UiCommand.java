package io.qmptape.cli;

import io.qmptape.store.Tape;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ui",
        mixinStandardHelpOptions = true,
        description = "Serve the analyzer page on 127.0.0.1, until Ctrl-C.")
final class UiCommand implements Callable<Integer> {
    static final String ATTACHED = "--attached";

    @Option(names = ATTACHED, hidden = true, description = "End when stdin does.")
    private boolean isAttached;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8470",
            description = "Its port; 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() throws InterruptedException {
        Tape chosen = tape.tape();
        chosen.identity();
        try (AnalyzerPage page = new AnalyzerPage(tape.places(), chosen, port);
                Ending ending = Ending.bySignal()) {
            page.start();
            System.out.println(page.url());
            if (isAttached) {
                ending.comeAtEndOf(System.in);
            }
            ending.await();
        }
        return Qmptape.FINE;
    }
}
