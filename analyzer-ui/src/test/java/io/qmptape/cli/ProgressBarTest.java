package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong(42);

    @Test
    void showsNothingWithinTheFirstSecond() {
        try (ProgressBar bar = bar(true, 100)) {
            now.addAndGet(SECOND - 1);
            bar.at(50);
        }

        assertThat(drawn.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void showsHowFarItIsAndWipesThatAway() {
        try (ProgressBar bar = bar(true, 200)) {
            now.addAndGet(SECOND);
            bar.at(50);
            bar.at(60);
        }

        assertThat(drawn.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[Kreading x  [" + "#".repeat(7) + ".".repeat(23) + "] 25 %\r\033[K");
    }

    @Test
    void countsWhereNobodyKnowsTheEnd() {
        try (ProgressBar bar = bar(true, 0)) {
            now.addAndGet(2 * SECOND);
            bar.at(1_234_567);
        }

        assertThat(drawn.toString(StandardCharsets.UTF_8)).contains("reading x  1,234,567");
    }

    @Test
    void showsNothingWhereNoTerminalIs() {
        try (ProgressBar bar = bar(false, 200)) {
            now.addAndGet(10 * SECOND);
            bar.at(50);
        }

        assertThat(drawn.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private ProgressBar bar(boolean isTerminal, long total) {
        PrintStream out = new PrintStream(drawn, true, StandardCharsets.UTF_8);
        return new ProgressBar("reading x", total, new ProgressBar.Screen(out, isTerminal, now::get));
    }
}
