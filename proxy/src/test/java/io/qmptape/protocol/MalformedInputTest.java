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
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 87 connections with malformed input, answered by QEMU 7.2.22: what it answered says what it delimited. */
final class MalformedInputTest {
    record Connection(Bytes sent, Bytes received) {}

    static Stream<Named<Connection>> connections() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Named<Connection>> all = new ArrayList<>();
        try (InputStream in = MalformedInputTest.class.getResourceAsStream("/malformed-7.2.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = mapper.readTree(line);
                Bytes sent = Bytes.lend(node.get("sent").binaryValue());
                Bytes received = Bytes.lend(node.get("received").binaryValue());
                all.add(Named.of(node.get("name").textValue(), new Connection(sent, received)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("connections")
    void delimitsAsManyMessagesAndNoiseAsQemuAnswers(Connection connection) {
        List<FrameKind> answered = Splitting.whole(Direction.SERVER_TO_CLIENT, connection.received()).frames().stream()
                .map(frame -> (Json.Obj) frame.json().orElseThrow())
                .filter(reply ->
                        reply.get("QMP").isEmpty() && reply.get("event").isEmpty())
                .map(MalformedInputTest::answeredTo)
                .toList();

        List<FrameKind> delimited = Splitting.whole(Direction.CLIENT_TO_SERVER, connection.sent()).kinds().stream()
                .filter(FrameKind::isAnswered)
                .toList();

        assertThat(delimited).isEqualTo(answered);
    }

    private static FrameKind answeredTo(Json.Obj reply) {
        String description = reply.get("error")
                .flatMap(error -> ((Json.Obj) error).text("desc"))
                .orElse("");
        boolean isNoise = description.startsWith("JSON ");
        return isNoise ? FrameKind.NOISE : FrameKind.MESSAGE;
    }
}
