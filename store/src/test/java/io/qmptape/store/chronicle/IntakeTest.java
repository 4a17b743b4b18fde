package io.qmptape.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.store.Intake;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.Sessions;
import io.qmptape.store.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is brought onto a tape is there at once, or nothing of it ever. */
final class IntakeTest {
    @TempDir
    private Path directory = Path.of("");

    private final List<SessionRecord> session = Sessions.random(new Random(1));
    private Tape tape = new Tape(Path.of(""), new ChronicleReels());

    @BeforeEach
    void makeTape() {
        tape = new Tape(directory.resolve("tape"), new ChronicleReels());
    }

    @Test
    void nothingIsSeenBeforeItIsComplete() {
        try (Intake intake = new Intake(tape)) {
            session.forEach(intake::append);
            assertThat(tape.sessions()).isEmpty();

            intake.complete();
        }

        assertThat(tape.sessions())
                .singleElement()
                .satisfies(summary ->
                        assertThat(summary.id()).isEqualTo(session.get(0).session()));
        assertThat(RecordedSession.load(tape.session(session.get(0).session())).records())
                .isEqualTo(session);
    }

    @Test
    void whatIsNotCompletedLeavesNothing() throws IOException {
        try (Intake intake = new Intake(tape)) {
            session.forEach(intake::append);
        }

        assertThat(tape.sessions()).isEmpty();
        try (Stream<Path> files = Files.walk(tape.directory())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tape", "tape", "reels", "locks");
        }
    }

    @Test
    void whatDoesNotComeIntoTheLedgerIsNotOnTheTape() throws IOException {
        tape.create();
        Files.writeString(tape.directory().resolve("ledger"), "nonsense\n");

        try (Intake intake = new Intake(tape)) {
            session.forEach(intake::append);
            assertThatThrownBy(intake::complete).hasMessageContaining("ledger");
        }

        assertThat(tape.sessions()).isEmpty();
        assertThat(tape.directory().resolve("reels")).isEmptyDirectory();
    }
}
