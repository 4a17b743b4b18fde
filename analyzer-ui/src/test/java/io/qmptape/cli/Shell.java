package io.qmptape.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** A line of shell around the command line. */
final class Shell {
    private static final int LIMIT_SECONDS = 60;

    private Shell() {}

    /** @param line in which {@code "$@"} is the command line with these arguments */
    static CommandLineRun run(Path home, String line, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        command.addAll(ProcessRun.command(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        ProcessRun.place(builder, home);
        return end(builder, home);
    }

    static CommandLineRun end(ProcessBuilder builder, Path scratch) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Assertions.fail("has not ended within " + LIMIT_SECONDS + " s");
        }
        return new CommandLineRun(
                process.exitValue(), Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
    }
}
