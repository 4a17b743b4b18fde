package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.conversation.PolledSession;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldedShowTest {
    private static final int POLLS = 20_000;

    @TempDir
    static Path home;

    private static String transcript = "";

    /** A job that is asked about until it is ready, and after. */
    @BeforeAll
    static void write() throws IOException {
        PolledSession session = new PolledSession().server("{\"QMP\": {}}").poll("qmp_capabilities", "{}");
        for (int i = 0; i < POLLS; i++) {
            if (i == POLLS / 2) {
                session.server("{\"event\": \"BLOCK_JOB_READY\", \"data\": {\"device\": \"d\"}}");
            }
            String status = i < POLLS / 2 ? "running" : "ready";
            String answer = "[{\"id\": \"d\", \"status\": \"" + status + "\", \"current-progress\": " + i + "}]";
            session.after(Duration.ofMillis(100)).poll("query-jobs", answer);
        }
        Path file = home.resolve("job.qmp.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            TranscriptWriter.write(session.closed().records()::forEach, out);
        }
        transcript = file.toString();
    }

    @Test
    void makesAScreenfulOfTwentyThousandPolls() {
        CommandLineRun run = CommandLineRun.of(home, "show", transcript).isFine();

        assertThat(run.lines()).hasSizeLessThanOrEqualTo(50);
        assertThat(run.out())
                .contains("query-jobs ×10000 every 101.00 ms, in 1.00 ms (1.00 ms … 1.00 ms)"
                        + "  return[0].current-progress 0…9999")
                .contains("BLOCK_JOB_READY", "\"status\": \"ready\"")
                .endsWith("19999 polls are folded, in 2 runs: --unfold shows them\n");
    }

    @Test
    void showsEveryPollWhenAsked() {
        CommandLineRun run =
                CommandLineRun.of(home, "show", "--unfold", transcript).isFine();

        assertThat(run.lines()).hasSizeGreaterThan(2 * POLLS);
        assertThat(run.out()).doesNotContain("folded");
    }

    @Test
    void neverFoldsWhatIsMadeForPrograms() throws IOException {
        assertThat(CommandLineRun.of(home, "show", "--json", transcript)
                        .isFine()
                        .stdout())
                .isEqualTo(Files.readAllBytes(Path.of(transcript)));
        assertThat(CommandLineRun.of(home, "show", "--raw", "c2s", transcript)
                        .isFine()
                        .lines())
                .hasSize(POLLS + 1);
    }
}
