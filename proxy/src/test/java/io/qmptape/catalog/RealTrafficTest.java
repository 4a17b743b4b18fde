package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that QEMU 7.2.22 and its relatives took part in: what they accepted and refused is what is to be found. */
final class RealTrafficTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Refusals that depend on the machine, not on the message. */
    private static final Set<String> OF_THE_MACHINE = Set.of("failed to open file");

    /** What a client sent, and the answer to it. None of these sessions ran anything out of band, so order pairs them. */
    private record Exchange(Conversation.Judged sent, Message answer) {
        boolean isAccepted() {
            return answer instanceof Message.Success;
        }

        boolean isRefusedForItself() {
            return answer instanceof Message.Failure failure
                    && OF_THE_MACHINE.stream().noneMatch(failure.description()::startsWith);
        }
    }

    private record Connection(Bytes sent, Bytes received) {}

    @ParameterizedTest
    @ValueSource(strings = {"i-qmp-shell-1", "i-qmp-shell-3", "i-qmp-shell-8", "f-qga-1", "c-blockjobs-1"})
    void judgesARecordingAsItsServerDid(String name) throws IOException {
        List<Conversation.Judged> judged = new ArrayList<>();
        Conversation talk = new Conversation();

        for (JsonNode line : lines("/recordings/" + name + ".jsonl")) {
            if (line.has("data")) {
                Direction direction = Direction.ofWord(line.get("dir").textValue());
                judged.addAll(talk.hear(direction, Bytes.lend(line.get("data").binaryValue())));
            }
        }

        assertAgreement(exchanges(judged));
        assertThat(judged.stream().flatMap(each -> each.findings().stream()))
                .noneMatch(finding -> finding.rule().startsWith("reply/"))
                .noneMatch(finding -> finding.rule().startsWith("event/member"))
                .noneMatch(finding -> finding.rule().startsWith("negotiation/"));
    }

    static Stream<Named<Connection>> malformed() throws IOException {
        List<Named<Connection>> all = new ArrayList<>();
        for (JsonNode node : lines("/malformed-7.2.jsonl")) {
            Bytes sent = Bytes.lend(node.get("sent").binaryValue());
            Bytes received = Bytes.lend(node.get("received").binaryValue());
            all.add(Named.of(node.get("name").textValue(), new Connection(sent, received)));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void judgesMalformedInputAsQemuDid(Connection connection) {
        Conversation talk = new Conversation();
        int greeting = connection.received().text().indexOf('\n') + 1;

        List<Conversation.Judged> judged = new ArrayList<>();
        judged.addAll(
                talk.hear(Direction.SERVER_TO_CLIENT, connection.received().slice(0, greeting)));
        judged.addAll(talk.hear(Direction.CLIENT_TO_SERVER, connection.sent()));
        judged.addAll(
                talk.hear(Direction.SERVER_TO_CLIENT, connection.received().from(greeting)));

        assertAgreement(exchanges(judged));
        assertThat(judged)
                .filteredOn(each -> each.frame().direction() == Direction.SERVER_TO_CLIENT)
                .allSatisfy(each -> assertThat(each.findings()).isEmpty());
    }

    private static void assertAgreement(List<Exchange> exchanges) {
        assertThat(exchanges).isNotEmpty();
        assertThat(exchanges)
                .filteredOn(Exchange::isAccepted)
                .allSatisfy(exchange -> assertThat(exchange.sent().findings())
                        .noneMatch(finding -> finding.severity() == Severity.ERROR));
        assertThat(exchanges)
                .filteredOn(Exchange::isRefusedForItself)
                .allSatisfy(exchange -> assertThat(exchange.sent().findings()).isNotEmpty());
    }

    private static List<Exchange> exchanges(List<Conversation.Judged> judged) {
        List<Conversation.Judged> sent = judged.stream()
                .filter(each -> each.frame().direction() == Direction.CLIENT_TO_SERVER)
                .filter(each -> each.frame().kind().isAnswered())
                .toList();
        List<Message> answers = judged.stream()
                .map(Conversation.Judged::message)
                .filter(message -> message instanceof Message.Success || message instanceof Message.Failure)
                .toList();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < Math.min(sent.size(), answers.size()); i++) {
            exchanges.add(new Exchange(sent.get(i), answers.get(i)));
        }
        return exchanges;
    }

    private static List<JsonNode> lines(String resource) throws IOException {
        try (InputStream in = RealTrafficTest.class.getResourceAsStream(resource)) {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                nodes.add(MAPPER.readTree(line));
            }
            return nodes;
        }
    }
}
