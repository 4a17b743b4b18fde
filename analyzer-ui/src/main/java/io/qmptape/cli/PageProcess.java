package io.qmptape.cli;

import io.qmptape.store.Tape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The analyzer page in a process of its own, which ends with this one. */
final class PageProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    private PageProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** @return empty if it could not be served: the other process has said why */
    static Optional<PageProcess> start(Places places, Tape tape, int port) throws IOException {
        List<String> arguments = List.of(
                "ui",
                UiCommand.ATTACHED,
                "--port=" + port,
                "--tape=" + tape.directory().toAbsolutePath());
        ProcessBuilder builder = new ProcessBuilder(OwnProgram.present().command(List.of(), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(OwnProgram.environment(places));
        Process started = builder.start();
        BufferedReader told = started.inputReader(StandardCharsets.UTF_8);
        return Optional.ofNullable(told.readLine()).map(url -> new PageProcess(started, url));
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
