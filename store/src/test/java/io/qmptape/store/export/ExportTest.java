package io.qmptape.store.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionSource;
import io.qmptape.store.Sessions;
import io.qmptape.store.foreign.ForeignTexts;
import io.qmptape.store.json.JsonLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other tools get. */
final class ExportTest {
    private static final Path PROBES = Path.of("../../shared/data/libvirt-replies");

    @TempDir
    private Path directory = Path.of("");

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.0", "7.2.0", "8.0.0"})
    void repliesComeBackToTheByte(String version) throws IOException {
        Path packed = PROBES.resolve("caps_" + version + ".x86_64.replies.gz");
        Assumptions.assumeTrue(Files.exists(packed), packed + " is not there");
        String original;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            original = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        List<String> parts = ForeignTexts.sessions(packed).stream()
                .map(session -> written(RepliesWriter::write, session))
                .toList();

        assertThat(parts).hasSize(2);
        assertThat(String.join("\n", parts)).isEqualTo(original);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void messageLinesAreStrictJsonALine(int seed) throws IOException {
        RecordedSession session = random(seed);
        ObjectMapper mapper = new ObjectMapper();

        List<String> lines = written(MessageLinesWriter::write, session).lines().toList();

        assertThat(lines).hasSameSizeAs(session.frames());
        for (String line : lines) {
            assertThat(mapper.readTree(line).has("dir")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c-blockjobs-1", "e-pretty-1", "f-qga-1", "i-qmp-shell-1", "i-qmp-shell-3", "i-qmp-shell-8"})
    void messageLinesComeBackAsTheSameMessages(String name) throws IOException {
        RecordedSession session = ForeignTexts.recording(name, directory);

        Path file = Files.writeString(directory.resolve("out.jsonl"), written(MessageLinesWriter::write, session));
        RecordedSession back = ForeignTexts.sessions(file).get(0);

        assertThat(back.frames())
                .extracting(
                        recorded -> recorded.message(),
                        recorded -> recorded.frame().direction())
                .isEqualTo(session.frames().stream()
                        .map(recorded ->
                                Tuple.tuple(recorded.message(), recorded.frame().direction()))
                        .toList());
        assertThat(back.frames())
                .extracting(recorded -> oneLine(recorded.frame()))
                .isEqualTo(session.frames().stream()
                        .map(recorded -> oneLine(recorded.frame()))
                        .toList());
    }

    /** A message over many lines comes back in one. */
    private static String oneLine(Frame frame) {
        return JsonLayout.oneLine(frame.body()).text();
    }

    @Test
    void qmpShellGetsWhatItCanSayAndTheRestIsTold() throws IOException {
        RecordedSession session = ForeignTexts.session("""
                {"dir":"c2s","msg":{"execute":"qmp_capabilities","id":1}}
                {"dir":"c2s","msg":{"execute":"block_resize","arguments":{"device":"disk0","size":1073741824}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":{"b":[1.5,"two words"]},"c":true,"d":""}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":"two words"}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":"007"}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":"True"}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":1.5}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":null}}}
                {"dir":"c2s","msg":{"execute":"x\\nquit","arguments":{}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a b=c":1}}}
                {"dir":"c2s","msg":{"execute":"x","arguments":{"a":"y\\nquit"}}}
                {"dir":"c2s","msg":{"exec-oob":"x"}}
                """, directory);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        List<String> losses = QmpShellWriter.write(session.records()::forEach, out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "block_resize device=disk0 size=1073741824", "x a={\"b\":[1.5,\"two words\"]} c=true d=");
        assertThat(losses).hasSize(9).allMatch(loss -> loss.matches("1 command that qmp-shell cannot say \\(#\\d+\\)"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCaptureIsMadeOfWholeBlocks(int seed) {
        RecordedSession session = random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        PcapngWriter.write(session.records()::forEach, out);

        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int packets = 0;
        while (file.hasRemaining()) {
            int start = file.position();
            int type = file.getInt();
            int length = file.getInt();
            assertThat(length % 4).isZero();
            assertThat(file.getInt(start + length - 4)).isEqualTo(length);
            packets += type == 6 ? 1 : 0;
            file.position(start + length);
        }
        assertThat(packets).isEqualTo(session.frames().size());
    }

    @Test
    void everyFormSaysWhatItLeavesOut() {
        RecordedSession session = random(4);
        Stream<BiFunction<SessionSource, OutputStream, List<String>>> all =
                Stream.of(RepliesWriter::write, MessageLinesWriter::write, QmpShellWriter::write, PcapngWriter::write);

        assertThat(all.map(form -> form.apply(session.records()::forEach, OutputStream.nullOutputStream())))
                .allMatch(losses -> !losses.isEmpty());
    }

    private static RecordedSession random(int seed) {
        return RecordedSession.load(Sessions.random(new Random(seed))::forEach);
    }

    private static String written(BiFunction<SessionSource, OutputStream, List<String>> form, RecordedSession session) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(form.apply(session.records()::forEach, out)).doesNotContainNull();
        return Bytes.lend(out.toByteArray()).text();
    }
}
