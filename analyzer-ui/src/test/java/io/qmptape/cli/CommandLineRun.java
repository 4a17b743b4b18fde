package io.qmptape.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** What one run of the command line, in this process, said and how it ended. */
record CommandLineRun(int code, byte[] stdout, String stderr) {

    /** Runs with all files below a home of its own, so that nothing of the user's is touched. */
    static CommandLineRun of(Path home, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
        try {
            int code = new Qmptape(Places.of(Map.of(), home)).run(args);
            System.out.flush();
            return new CommandLineRun(code, stdout.toByteArray(), stderr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    String out() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    CommandLineRun isFine() {
        return endsWith(Qmptape.FINE);
    }

    CommandLineRun endsWith(int expected) {
        Assertions.assertThat(code).as("exit code; stderr: %s", stderr).isEqualTo(expected);
        return this;
    }

    /** Exit 2, one line on stderr, nothing on stdout. */
    CommandLineRun complains(String words) {
        endsWith(Qmptape.TROUBLE);
        Assertions.assertThat(out()).isEmpty();
        Assertions.assertThat(stderr.lines()).singleElement().asString().startsWith("qmptape: ");
        Assertions.assertThat(stderr).contains(words);
        return this;
    }
}
