package io.qmptape.store.care;

import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tapes and transcripts that earlier versions wrote, read as they were; a version is added, none ever leaves. */
final class GoldenTapeTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "version {0}")
    @CsvSource({"1, 4", "1-packed, 5"})
    void isSoundAndReadAsItWasWritten(String version, int count) throws IOException {
        unzip("/golden/tape-" + version + ".zip");
        Tape tape = new Tape(directory.resolve("tape"), new ChronicleReels());

        VerifyReport report = Verification.of(tape, Progress.NONE);

        assertThat(report.faults()).isEmpty();
        assertThat(report.sessions()).isEqualTo(count);
        assertThat(report.notes()).singleElement().asString().startsWith("deleted by ");
        assertThat(tape.ledger().read().pinned()).hasSize(1);
        assertThat(new Packing(tape).due(Duration.ZERO, Instant.now()).isEmpty())
                .isEqualTo(version.endsWith("packed"));
        List<SessionSummary> sessions = tape.sessions();
        assertThat(sessions).hasSize(count);
        for (SessionSummary session : sessions) {
            Path transcript = directory.resolve("transcripts").resolve(session.id() + ".qmp.jsonl");
            assertThat(written(tape, session)).isEqualTo(Files.readString(transcript));
            assertThat(TranscriptReader.read(transcript)).isEqualTo(RecordedSession.load(tape.session(session.id())));
        }
        try (Stream<Path> transcripts = Files.list(directory.resolve("transcripts"))) {
            assertThat(transcripts).hasSize(count);
        }
    }

    private static String written(Tape tape, SessionSummary session) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TranscriptWriter.write(tape.session(session.id()), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void unzip(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(resource), resource);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = directory.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (!entry.isDirectory()) {
                    Files.copy(zip, path);
                }
            }
        }
    }
}
