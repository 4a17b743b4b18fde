package io.qmptape.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that a test needs and that not every machine has. */
public final class Installed {
    /** Names, with commas between, of what must not be missing: {@code -Dqmptape.tests.required=qemu,browser}. */
    public static final String REQUIRED = "qmptape.tests.required";

    private Installed() {}

    /** Skips the test with the reason if the program is not on the PATH; fails it if the tag is required. */
    public static Path require(String program, String tag) {
        Optional<Path> found = find(program);
        String reason = program + " is not installed (needed for tests of '" + tag + "')";
        if (found.isEmpty() && isRequired(tag)) {
            Assertions.fail(reason);
        }
        Assumptions.assumeTrue(found.isPresent(), reason);
        return found.orElseThrow();
    }

    /** For what is no program: skips with the reason, or fails if the tag is required. */
    public static void require(boolean isThere, String reason, String tag) {
        if (!isThere && isRequired(tag)) {
            Assertions.fail(reason);
        }
        Assumptions.assumeTrue(isThere, reason);
    }

    public static Optional<Path> find(String program) {
        String directories = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(directories.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRequired(String tag) {
        return Arrays.asList(System.getProperty(REQUIRED, "").split("[, ]+", -1))
                .contains(tag);
    }
}
