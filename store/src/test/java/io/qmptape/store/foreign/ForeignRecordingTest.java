package io.qmptape.store.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.TapeException;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all formats. */
final class ForeignRecordingTest {
    private static final List<String> SAMPLES = List.of(
            "chunks.jsonl",
            "messages.jsonl",
            "socat-1.7.log",
            "incus.log",
            "libvirtd-9.0.log",
            "trace-7.2.log",
            "trace-pretty-7.2.log",
            "two.replies");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void holdsNoMoreOfAPairThanAMessageCanHave() throws IOException {
        Path file = Imported.resource("two.replies", directory);
        String pairs = Files.readString(file);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(pairs + "\n{\n");
            for (int i = 0; i < 2 * (Lines.MAX_BYTES >> 20); i++) {
                out.write("x".repeat(1 << 20) + "\n");
            }
        }

        assertThat(Imported.of(file).recording().misunderstoodCount())
                .as("the pair is given up in the middle")
                .isGreaterThan(1);
    }

    static List<String> samples() {
        return SAMPLES;
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "chunks.jsonl, CHUNKS",
        "messages.jsonl, JSONL",
        "socat-1.7.log, SOCAT",
        "incus.log, INCUS",
        "libvirtd-9.0.log, LIBVIRT",
        "trace-7.2.log, TRACE",
        "trace-pretty-7.2.log, TRACE",
        "two.replies, REPLIES"
    })
    void recognisesTheFormat(String name, ForeignFormat format) {
        assertThat(Imported.of(Imported.resource(name, directory)).recording().format())
                .isEqualTo(format);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void masksWhatARecorderMasks(String name) {
        Imported imported = Imported.of(Imported.resource(name, directory));

        long masked = imported.sessions().stream()
                .flatMap(session -> session.frames().stream())
                .mapToLong(frame -> frame.masked().size())
                .sum();
        assertThat(imported.sessions().toString()
                        + imported.sessions().stream().map(Imported::said).toList())
                .doesNotContain("hunter2");
        assertThat(masked).isEqualTo(name.contains("pretty") ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void givesTheSameSessionsTheSameIdsEachTime(String name) {
        Path file = Imported.resource(name, directory);

        assertThat(Imported.of(file).recording().sessions())
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isEqualTo(Imported.of(file).recording().sessions());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsWhatGzipPacked(String name) throws IOException {
        Path plain = Imported.resource(name, directory);
        Path packed = Files.write(directory.resolve("packed.gz"), gzip(Files.readAllBytes(plain)));

        assertThat(Imported.of(packed).recording().sessions())
                .isEqualTo(Imported.of(plain).recording().sessions());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anIdTellsNothingAboutASecret(String name) throws IOException {
        Path file = Imported.resource(name, directory);
        List<?> before = Imported.of(file).recording().sessions();

        byte[] changed = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replace("hunter2hunter2", "hunter3hunter3")
                // the same in base64, as chunks have it
                .replace("aHVudGVyMmh1bnRlcjI", "aHVudGVyM2h1bnRlcjM")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Imported.of(Files.write(file, changed)).recording().sessions())
                .isEqualTo(before);
    }

    @Test
    void aLogThatHasGrownKeepsTheIdsOfItsSessions() throws IOException {
        Path file = Imported.resource("incus.log", directory);
        String whole = Files.readString(file);
        List<?> both = Imported.of(file).recording().sessions();

        Files.writeString(file, whole.substring(0, whole.indexOf("[2026-11-22T10:05")));

        assertThat(both).hasSize(2);
        assertThat(Imported.of(file).recording().sessions()).isEqualTo(List.of(both.get(0)));
    }

    @Test
    void sessionsThatAreTheSameInEverythingAreStillTwo() {
        String one = "{\"dir\":\"s2c\",\"msg\":{\"QMP\": {}}}\n{\"dir\":\"c2s\",\"msg\":{\"execute\": \"quit\"}}\n";

        Imported imported = Imported.text(one + one, directory);

        assertThat(imported.recording().sessions()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoRecordingIsToldWithWhatThereIs() {
        assertThatThrownBy(() -> Imported.text("Dear diary,\n", directory))
                .isInstanceOf(TapeException.class)
                .hasMessageContaining("--format names it, one of chunks, jsonl, socat");
        assertThatThrownBy(() -> Imported.of(directory.resolve("missing")))
                .hasMessage("there is no file " + directory.resolve("missing"));
        assertThatThrownBy(() -> Imported.of(Path.of("/dev/null"))).hasMessageContaining("save it first");
    }

    @Test
    void aFormatThatIsNamedIsNotGuessed() throws IOException {
        Path file = Imported.resource("trace-7.2.log", directory);

        Imported imported = Imported.of(file, Optional.of(ForeignFormat.INCUS));

        assertThat(imported.sessions()).isEmpty();
        assertThat(imported.recording().misunderstoodCount())
                .isEqualTo(Files.readAllLines(file).size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damageIsToldAndNeverThrown(int seed) throws IOException {
        Random random = new Random(seed);
        String name = SAMPLES.get(random.nextInt(SAMPLES.size()));
        Path file = Imported.resource(name, directory);
        ForeignFormat format = Imported.of(file).recording().format();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(bytes.length);
        Files.write(file, random.nextBoolean() ? bytes : Arrays.copyOf(bytes, length));

        Imported imported = Imported.of(file, Optional.of(format));

        assertThat(imported.sessions())
                .extracting(session -> session.opened().session())
                .isEqualTo(imported.recording().sessions());
        assertThat(imported.sessions()).allMatch(session -> session.closed().isPresent());
        assertThat(imported.sessions()).allMatch(ForeignRecordingTest::neverGoesBack);
    }

    private static boolean neverGoesBack(RecordedSession session) {
        long last = session.opened().atNanos();
        for (var frame : session.frames()) {
            if (frame.atNanos() < last) {
                return false;
            }
            last = frame.atNanos();
        }
        return true;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
