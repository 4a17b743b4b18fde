package io.qmptape.store.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Mark;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TranscriptTest {
    private static final String HEADER = "{\"qmptape\":\"transcript 1\","
            + "\"session\":\"00000000-0000-0000-0000-000000000001\",\"opened\":\"2026-11-22T10:00:00Z\",\"nanos\":5,"
            + "\"boot\":\"\",\"machine\":{\"name\":\"vm\",\"by\":\"option\"},\"client\":{},\"server\":{},"
            + "\"listen\":\"unix:/l\",\"upstream\":\"unix:/u\",\"origin\":\"recorded\"}\n";

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isLosslessBothWays(int seed) {
        List<SessionRecord> records = Sessions.random(new Random(seed));

        Bytes text = write(records);
        RecordedSession read = TranscriptReader.read("t", text);

        assertThat(read.records()).isEqualTo(records);
        assertThat(write(read.records())).isEqualTo(text);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isOneStrictJsonValueALine(int seed) throws IOException {
        ObjectMapper mapper = new ObjectMapper();

        for (String line : write(Sessions.random(new Random(seed))).text().split("\n")) {
            assertThat(mapper.readTree(line)).isNotNull();
        }
    }

    @Test
    void keepsAMessageByteForByteAsTheLastMember() {
        String message = "{\"return\": {\"b\":  1.0e1, \"a\": \"\\u00e9/\"}, \"id\": \"x\"}";
        String line = "{\"seq\":1,\"t\":7,\"dir\":\"s2c\",\"msg\":" + message + "}\n";

        RecordedSession read = TranscriptReader.read("t", Bytes.utf8(HEADER + line));

        assertThat(read.frames().get(0).frame().bytes()).isEqualTo(Bytes.utf8(message));
        assertThat(write(read.records()).text()).endsWith(",\"msg\":" + message + "}\n");
    }

    @Test
    void givesALineEndToTheMessageBeforeIt() {
        String two = "{\"seq\":1,\"t\":7,\"dir\":\"s2c\",\"msg\":{\"return\": {}}}\n"
                + "{\"seq\":2,\"t\":8,\"dir\":\"s2c\",\"msg\":{\"return\": {}}}\n";

        RecordedSession read = TranscriptReader.read("t", Bytes.utf8(HEADER + two));

        assertThat(read.frames().get(0).frame().bytes()).isEqualTo(Bytes.utf8("{\"return\": {}}"));
        assertThat(read.frames().get(1).frame().bytes()).isEqualTo(Bytes.utf8("\r\n{\"return\": {}}"));
    }

    @Test
    void saysNothingOfReadsThatAreAsUsual() {
        String two = "{\"seq\":1,\"t\":7,\"dir\":\"s2c\",\"msg\":{\"return\": {}}}\n"
                + "{\"seq\":2,\"t\":8,\"dir\":\"s2c\",\"end\":\"\",\"msg\":{\"return\": {}}}\n";

        RecordedSession read = TranscriptReader.read("t", Bytes.utf8(HEADER + two));

        assertThat(read.frames().get(0).frame().marks()).containsExactly(Mark.at(0, 12));
        assertThat(read.frames().get(1).frame().marks()).containsExactly(Mark.at(0, 12), Mark.at(2, 13));
        assertThat(write(read.records()).text()).endsWith(two);
    }

    @Test
    void writesAPrettyPrintedMessageAsLines() {
        String text = HEADER + "{\"seq\":1,\"t\":7,\"dir\":\"s2c\",\"end\":\"\",\"lines\":3}\n"
                + "\"{\\r\\n\"\n\"    \\\"return\\\": 1\\r\\n\"\n\"}\"\n";

        RecordedSession read = TranscriptReader.read("t", Bytes.utf8(text));

        assertThat(read.frames().get(0).frame().bytes()).isEqualTo(Bytes.utf8("{\r\n    \"return\": 1\r\n}"));
        assertThat(write(read.records())).isEqualTo(Bytes.utf8(text));
    }

    @Test
    void namesTheLineThatIsBroken() {
        assertBroken(HEADER + "{\"seq\":1,\"t\":7,\"dir\":\"s2c\"\n", "f:2: this is no JSON object");
        assertBroken(HEADER + "{\"seq\":1,\"t\":7,\"dir\":\"up\",\"msg\":{}}\n", "f:2: 'up' is no direction");
        assertBroken(HEADER + "{\"seq\":1,\"t\":\"x\",\"dir\":\"c2s\",\"msg\":{}}\n", "f:2: 't' is no whole number");
        assertBroken(HEADER + "{\"seq\":1,\"t\":1,\"dir\":\"c2s\",\"lines\":2}\n\"a\"\n", "f:3: here should stand");
        assertBroken(HEADER + "{\"seq\":1,\"t\":1,\"dir\":\"c2s\",\"base64\":\"%\"}\n", "f:2: ");
        assertBroken(HEADER + "{\"x\":1}\n", "f:2: this line has none of");
        assertBroken(HEADER.replace("transcript 1", "transcript 9"), "f:1: this is 'transcript 9'");
        assertBroken("{}\n", "f:1: this is no transcript");
        assertBroken("", "f:1: the file is empty");
        assertBroken("\u0000\u0001", "f:1: this is no JSON object");
    }

    private static void assertBroken(String text, String message) {
        assertThatThrownBy(() -> TranscriptReader.read("f", Bytes.utf8(text))).hasMessageStartingWith(message);
    }

    private static Bytes write(List<SessionRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TranscriptWriter.write(records::forEach, out);
        return Bytes.lend(out.toByteArray());
    }
}
