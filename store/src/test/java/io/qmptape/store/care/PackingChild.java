package io.qmptape.store.care;

import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Packs a tape in a process of its own, and names each reel before it packs it. */
final class PackingChild {
    private PackingChild() {}

    /** Argument: the tape's directory. */
    public static void main(String[] args) {
        PrintStream told = System.out;
        // stdout is for names of reels alone
        System.setOut(System.err);
        Tape tape = new Tape(Path.of(args[0]), new ChronicleReels());
        Packing packing = new Packing(tape);
        for (String reel : packing.due(Duration.ZERO, Instant.now())) {
            told.println(reel);
            packing.pack(reel);
        }
    }

    /** Kills one when it has named so many reels. */
    static void killAfter(int reels, Path tape) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String opened : List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref")) {
            command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PackingChild.class.getName()));
        command.add(tape.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader told = process.inputReader()) {
            for (int i = 0; i < reels && told.readLine() != null; i++) {
                continue;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
