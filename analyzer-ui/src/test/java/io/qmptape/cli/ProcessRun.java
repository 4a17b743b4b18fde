package io.qmptape.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** The command line in a process of its own: for what ends by a signal. Kills it on close. */
final class ProcessRun implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader stderr;
    private final Path stdout;

    private ProcessRun(Process process, Path stdout) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = process.errorReader(StandardCharsets.UTF_8);
    }

    static ProcessRun start(Path home, String... args) throws IOException {
        return start(Map.of(), home, args);
    }

    static ProcessRun start(Map<String, String> environment, Path home, String... args) throws IOException {
        return start(environment, home, command(args));
    }

    /** Started by another program, in whose place it is then. */
    static ProcessRun startBy(List<String> starter, Map<String, String> environment, Path home, String... args)
            throws IOException {
        List<String> whole = new ArrayList<>(starter);
        whole.addAll(command(args));
        return start(environment, home, whole);
    }

    private static ProcessRun start(Map<String, String> environment, Path home, List<String> command)
            throws IOException {
        Path stdout = Files.createTempFile(Files.createDirectories(home), "stdout", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(stdout.toFile());
        place(builder, home);
        builder.environment().putAll(environment);
        return new ProcessRun(builder.start(), stdout);
    }

    /** The words that start it, for a shell that puts it into a pipe. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String opened : List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref")) {
            command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        if (Runtime.version().feature() >= 24) {
            // what the manifest of the executable jar and the launcher say there
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), Qmptape.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Puts all files of the process below a home of its own. */
    static void place(ProcessBuilder builder, Path home) {
        builder.environment().put("XDG_STATE_HOME", home.resolve(".local/state").toString());
        builder.environment().put("XDG_CACHE_HOME", home.resolve(".cache").toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    }

    /** Waits for the line that holds these words, and returns it. */
    String awaitLine(String words) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
            if (line.contains(words)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("ended without a line of '" + words + "', but with: " + seen);
    }

    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** SIGTERM, by the handle: the process's own way would close its streams too. */
    ProcessRun terminate() {
        process.toHandle().destroy();
        return this;
    }

    /** SIGKILL: it can do nothing more. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    CommandLineRun end() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Assertions.fail("has not ended within " + LIMIT_SECONDS + " s");
        }
        StringBuilder rest = new StringBuilder();
        stderr.lines().forEach(line -> rest.append(line).append('\n'));
        return new CommandLineRun(process.exitValue(), Files.readAllBytes(stdout), rest.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
