package io.qmptape.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.catalog.Validator;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every session of this module is good for, whoever records it again. */
@Timeout(60)
final class SamplesTest {
    private static final Path SESSIONS = Path.of("sessions");
    private static final int MAX_BYTES = 60_000;
    /** A path of a file, or of an object within QEMU. */
    private static final Pattern PATH = Pattern.compile("(?<![\\w.)/])/[A-Za-z][\\w.-]*(/[\\w.-]*)*");

    @TempDir
    private Path directory;

    static List<Path> sessions() throws IOException {
        try (Stream<Path> files = Files.list(SESSIONS)) {
            return files.sorted().toList();
        }
    }

    @Test
    void areSixSessions() throws IOException {
        assertThat(sessions().stream().map(SamplesTest::name))
                .containsExactly("blockjob", "boot", "failures", "mirror", "pipelined", "pretty");
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void isWrittenBackByteForByte(Path file) throws IOException {
        RecordedSession session = TranscriptReader.read(file);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        TranscriptWriter.write(sink -> session.records().forEach(sink), written);

        assertThat(written.toString(UTF_8)).isEqualTo(Files.readString(file));
        assertThat(Files.size(file)).isLessThan(MAX_BYTES);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void isWholeAndOfTheMachineItIsNamedAfter(Path file) {
        RecordedSession session = TranscriptReader.read(file);

        assertThat(session.opened().machine().name()).isEqualTo(name(file));
        assertThat(session.closed()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void holdsNoPathOfTheMachineThatRecordedIt(Path file) throws IOException {
        Stream<String> paths = PATH.matcher(Files.readString(file)).results().map(MatchResult::group);

        assertThat(paths).allMatch(path -> path.startsWith("/tmp/qmptape/") || path.startsWith("/machine/"));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void isJudgedNowAsWhenItWasRecorded(Path file) {
        Validator validator = new Validator(Catalog.bundled());
        for (FrameRecorded recorded : TranscriptReader.read(file).frames()) {
            assertThat(validator.judge(recorded.frame(), recorded.read()))
                    .as("frame %s", recorded.sequence())
                    .isEqualTo(recorded.findings());
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void hasNoFindingsOfWeightButWhereFailuresAreTheMatter(Path file) {
        List<String> rules = findings(file).stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(Finding::rule)
                .toList();

        assertThat(rules).isEqualTo(name(file).equals("failures") ? failures() : List.of());
    }

    /** In the order of the commands of record.sh; what a newer QEMU may well know is of no weight. */
    private static List<String> failures() {
        return Stream.of(
                        Stream.of("negotiation/command-before", "negotiation/capability", "negotiation/again"),
                        Collections.nCopies(8, "json/noise").stream(),
                        Stream.of("shape/not-object", "shape/no-execute", "shape/execute-type", "shape/arguments-type"),
                        Stream.of("shape/unexpected-member", "shape/exec-oob-not-enabled"),
                        Stream.of("args/missing", "args/type", "json/unfinished"))
                .flatMap(rules -> rules)
                .toList();
    }

    @Test
    void holdsStandInsForPasswords() throws IOException {
        Path file = SESSIONS.resolve("failures.qmp.jsonl");

        assertThat(TranscriptReader.read(file).frames().stream()
                        .mapToInt(frame -> frame.masked().size()))
                .filteredOn(count -> count > 0)
                .hasSize(3);
        assertThat(Files.readString(file)).doesNotContain("swordfish", "xyzzy");
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void playsToAClientThatWaitsForEachReply(Path file) throws Exception {
        RecordedSession session = TranscriptReader.read(file);
        try (RecordedQemu qemu = new RecordedQemu(file, directory).start();
                PatientClient client = new PatientClient(qemu.socket())) {
            Bytes heard = client.talk(frames(session, Direction.CLIENT_TO_SERVER));

            assertThat(heard.text()).isEqualTo(said(session).text());
            qemu.assertPlayed();
        }
    }

    private static List<Finding> findings(Path file) {
        return TranscriptReader.read(file).frames().stream()
                .flatMap(frame -> frame.findings().stream())
                .toList();
    }

    /** Every byte that QEMU sent. */
    private static Bytes said(RecordedSession session) {
        List<Bytes> parts = new ArrayList<>();
        frames(session, Direction.SERVER_TO_CLIENT).forEach(frame -> parts.add(frame.bytes()));
        session.closed().ifPresent(closed -> parts.add(closed.serverRest()));
        return Bytes.join(parts);
    }

    private static List<Frame> frames(RecordedSession session, Direction direction) {
        return session.frames().stream()
                .map(FrameRecorded::frame)
                .filter(frame -> frame.direction() == direction)
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".qmp.jsonl", "");
    }
}
