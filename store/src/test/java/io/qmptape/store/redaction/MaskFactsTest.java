package io.qmptape.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Direction;
import io.qmptape.store.redaction.Redactor.Redacted;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known about secrets in QMP, as a list of commands and paths: the table covers each of them. */
final class MaskFactsTest {
    /** Arguments that make the condition of a command's fact true. */
    private static final Map<String, String> CONDITIONS = Map.of(
            "change", "'device':'vnc',",
            "object-add", "'qom-type':'secret',",
            "qom-set", "'property':'password',",
            "qom-get", "'property':'password',",
            "human-monitor-command", "'command-line':'xp /8x 0',");

    private final Listening listening =
            new Listening(new Redaction(MaskRules.usual().withGroups(MaskRules.groups()), RedactionKey.random()));

    private record Fact(String command, String path, String mode) {
        String secret() {
            if (mode.contains("url-userinfo")) {
                return "https://u:SECRET@host/x";
            } else if (mode.contains("exec:") && path.endsWith("uri")) {
                return "exec:cat SECRET";
            }
            return mode.contains("line rules") ? "set_password vnc SECRET" : "SECRET";
        }
    }

    static Stream<Fact> facts() throws IOException {
        try (InputStream in = MaskFactsTest.class.getResourceAsStream("/redact.json")) {
            List<Fact> facts = new ArrayList<>();
            for (JsonNode rule : new ObjectMapper().readTree(in).get("rules")) {
                add(rule, facts);
            }
            return facts.stream();
        }
    }

    private static void add(JsonNode rule, List<Fact> facts) {
        String who = rule.path(rule.has("event") ? "event" : "command").asText();
        String head = rule.get("path").asText();
        String last = head.substring(head.lastIndexOf('.') + 1);
        String holder = head.substring(0, head.length() - last.length());
        for (String command : who.split(",", -1)) {
            for (String name : last.split("\\|", -1)) {
                String path = (holder + name).replace("**", "deep").replace("[*]", "");
                facts.add(new Fact(
                        command.replace("*", "any"), path, rule.path("mode").asText()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("facts")
    void eachFactIsCovered(Fact fact) {
        String said = told(fact).stream().map(Listening::text).collect(Collectors.joining());

        assertThat(said).doesNotContain(Listening.SECRET).contains("[masked:");
    }

    private List<Redacted> told(Fact fact) {
        String[] steps = fact.path().substring(2).split("\\.", -1);
        String message = nested(fact, steps);
        return switch (steps[0]) {
            case "arguments" -> client("{'execute':'" + fact.command() + "'," + message + "}");
            case "data" -> server("{'event':'" + fact.command() + "','timestamp':{}," + message + "}");
            case "error" -> answered("set_password", "'password':'SECRET'", message);
            default ->
                answered(
                        fact.command(),
                        CONDITIONS.getOrDefault(fact.command(), "'x':1,").replaceFirst(",$", ""),
                        message);
        };
    }

    private static String nested(Fact fact, String[] steps) {
        String inner = "'" + fact.secret() + "'";
        for (int i = steps.length - 1; i > 0; i--) {
            String beside = i == 1 && steps[0].equals("arguments") && !steps[1].equals("command-line")
                    ? CONDITIONS.getOrDefault(fact.command(), "")
                    : "";
            inner = "{" + beside + "'" + steps[i] + "':" + inner + "}";
        }
        return "'" + steps[0] + "':" + inner;
    }

    private List<Redacted> answered(String command, String arguments, String reply) {
        List<Redacted> all = new ArrayList<>(client("{'execute':'" + command + "','arguments':{" + arguments + "}}"));
        all.addAll(server("{" + reply + "}"));
        return all;
    }

    private List<Redacted> client(String text) {
        return listening.all(Direction.CLIENT_TO_SERVER, text);
    }

    private List<Redacted> server(String text) {
        return listening.all(Direction.SERVER_TO_CLIENT, text);
    }
}
