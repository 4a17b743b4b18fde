package io.qmptape.cli;

import io.qmptape.handover.Courier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts recorders: this program with {@code recorder}, at the ends of two pipes. It hears no signal that ends a relay, for it
 * ends when that has nothing more to say; it gives way to the relay, and the kernel, where it must choose, takes the recorder.
 */
final class RecorderProcess implements Courier.Starter {
    /** What a shell hands on to the program that takes its place: ignored signals, niceness, and how it is thought of. */
    private static final String SCRIPT = "trap '' HUP INT TERM; { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null;"
            + " if command -v nice >/dev/null; then exec nice -n 5 \"$@\"; fi; exec \"$@\"";

    /** A reply of 200 KB is 5 MB while it is looked at: with less room for what is young, that is moved about for nothing. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xmn32m",
            "-XX:SurvivorRatio=4",
            "-Xmx1g",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr");

    private final OwnProgram program = OwnProgram.present();
    private final Places places;
    private final List<String> arguments;

    /** @param arguments behind {@code recorder} */
    RecorderProcess(Places places, List<String> arguments) {
        this.places = places;
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        List<String> whole = new ArrayList<>(List.of("recorder"));
        whole.addAll(arguments);
        command.addAll(program.command(JAVA_OPTIONS, whole));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(OwnProgram.environment(places));
        // what a user gives his Java there could write into the pipe, or take a port twice
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.start();
    }
}
