package io.qmptape.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class QemuPrinterTest {
    /** @param printed the bytes of the id in QEMU's reply */
    record Echo(String name, Json sent, String printed) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What QEMU 7.2.22 made of ids: all connections of the fixture that it answered message by message, with an id. */
    static Stream<Echo> echoes() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Echo> all = new ArrayList<>();
        try (InputStream in = QemuPrinterTest.class.getResourceAsStream("/malformed-7.2.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = mapper.readTree(line);
                String name = node.get("name").textValue();
                List<Delimited> sent = frames(Direction.CLIENT_TO_SERVER, node.get("sent"));
                List<Delimited> answers = frames(Direction.SERVER_TO_CLIENT, node.get("received"));
                // the first frame is the greeting
                for (int i = 0; i < sent.size() && sent.size() == answers.size() - 1; i++) {
                    var asked = sent.get(i).json().flatMap(QemuPrinterTest::id);
                    Delimited reply = answers.get(i + 1);
                    reply.json()
                            .flatMap(QemuPrinterTest::id)
                            .ifPresent(id -> all.add(new Echo(
                                    name,
                                    asked.orElseThrow(),
                                    reply.bytes().slice(id.span()).text())));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void printsIdsAsQemuDoes(Echo echo) {
        assertThat(QemuPrinter.print(echo.sent())).isEqualTo(echo.printed());
    }

    @Test
    void printsRandomIdsAsQemuDoes() throws IOException {
        try (InputStream in = QemuPrinterTest.class.getResourceAsStream("/id-echoes-7.2.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();

            assertThat(lines).hasSize(400).allSatisfy(line -> {
                String[] echo = line.split("\t");
                assertThat(QemuPrinter.print(json(echo[0]))).isEqualTo(echo[1]);
            });
        }
    }

    @Test
    void knowsManyEchoes() throws IOException {
        assertThat(echoes().map(Echo::name).filter(name -> name.startsWith("id ")))
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1.0 | 1",
                "-0 | 0",
                "-0.0 | -0",
                "0.1 | 0.10000000000000001",
                "0.0001 | 0.0001",
                "0.00001 | 1.0000000000000001e-05",
                "123456789012345678901234567890 | 1.2345678901234568e+29",
                "1e16 | 10000000000000000",
                "1e17 | 1e+17",
                "-2.5e-300 | -2.5e-300",
                "5e-324 | 4.9406564584124654e-324",
                "-1.7976931348623157e308 | -1.7976931348623157e+308",
                "18446744073709551616 | 1.8446744073709552e+19",
                "'it\\'s' | \"it's\"",
                "\"\u007f/\" | \"\\u007F/\"",
                "{'return': 1, 'id': 2, 'error': 3} | {\"return\": 1, \"id\": 2, \"error\": 3}",
                "{'event': 1, 'data': 2, 'timestamp': 3} | {\"timestamp\": 3, \"event\": 1, \"data\": 2}",
                "{'running': 1, 'singlestep': 2, 'status': 3} | {\"status\": 3, \"singlestep\": 2, \"running\": 1}",
                "[ ] | []",
                "{ } | {}"
            })
    void printsWhatQemuPrints(String sent, String printed) {
        assertThat(QemuPrinter.print(json(sent))).isEqualTo(printed);
    }

    @Test
    void printsNestedValuesInThePrettyLayout() {
        Layout pretty = new Layout("\r\n", 4);

        String printed = QemuPrinter.print(json("{'a': [1, {}]}"), pretty, 1);

        assertThat(printed)
                .isEqualTo("{\r\n        \"a\": [\r\n            1,\r\n            {\r\n            }\r\n"
                        + "        ]\r\n    }");
    }

    private static List<Delimited> frames(Direction direction, JsonNode base64) throws IOException {
        FrameSplitter splitter = new FrameSplitter(direction);
        List<Delimited> frames = new ArrayList<>();
        splitter.accept(Bytes.lend(base64.binaryValue()), 0, List.of(), frames::add);
        splitter.finish(frames::add);
        return frames;
    }

    private static java.util.Optional<Json> id(Json message) {
        return message instanceof Json.Obj object ? object.get("id") : java.util.Optional.empty();
    }

    private static Json json(String text) {
        return JsonReader.read(Bytes.utf8(text), Direction.CLIENT_TO_SERVER).orElseThrow();
    }
}
