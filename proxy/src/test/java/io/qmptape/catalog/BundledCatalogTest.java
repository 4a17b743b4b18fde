package io.qmptape.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The bundled catalog against what was gathered about QEMU 2.1 by other means. */
final class BundledCatalogTest {
    private static final Pattern EVENT_NAME = Pattern.compile("[A-Z][A-Z_]{3,}");
    /** Documented, but no member of the result: a stand-in for other members, and a number documented as an object. */
    private static final Set<String> NO_MEMBERS =
            Set.of("query-pci <range>.base", "query-pci <range>.limit", "query-migrate-cache-size size");

    private final Catalog catalog = Catalog.bundled();

    @Test
    void holds105CommandsWith155ArgumentsAnd32Events() {
        Map<Effect, Long> effects = catalog.commands().stream()
                .collect(Collectors.groupingBy(
                        CommandSpec::effect, () -> new EnumMap<>(Effect.class), Collectors.counting()));

        assertThat(catalog.id()).isEqualTo("qemu-2.1");
        assertThat(catalog.commands()).hasSize(105);
        assertThat(catalog.commands().stream()
                        .mapToInt(command -> command.arguments().size())
                        .sum())
                .isEqualTo(155);
        assertThat(catalog.commands())
                .filteredOn(command -> command.arguments().isEmpty())
                .hasSize(41);
        assertThat(effects)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Effect.READ_ONLY, 37L, Effect.SESSION, 6L, Effect.MUTATING, 62L));
        assertThat(catalog.events()).hasSize(32);
        assertThat(catalog.commands()).filteredOn(CommandSpec::hasOpenArguments).hasSize(4);
        assertThat(catalog.commands())
                .filteredOn(command -> command.removal().isPresent())
                .hasSize(10);
    }

    @Test
    void agreesWithTheFactsAboutEachCommand() throws IOException {
        List<JsonNode> facts = list(json("/seed-catalog.json").get("commands"));

        assertThat(catalog.commands())
                .extracting(CommandSpec::name)
                .containsExactlyElementsOf(
                        facts.stream().map(fact -> text(fact, "name")).toList());
        for (JsonNode fact : facts) {
            CommandSpec command = catalog.command(text(fact, "name")).orElseThrow();
            assertThat(command.effect().word()).as(command.name()).isEqualTo(text(fact, "effect"));
            assertThat(command.arguments().stream().map(BundledCatalogTest::line))
                    .as(command.name())
                    .containsExactlyElementsOf(list(fact.get("args")).stream()
                            .map(BundledCatalogTest::argumentLine)
                            .toList());
            assertThat(command.relatedEvents()).as(command.name()).containsExactlyElementsOf(relatedEvents(fact));
            assertThat(command.removal().isPresent())
                    .as(command.name())
                    .isEqualTo(!fact.get("in7_2").booleanValue());
            if (fact.path("removedIn").isTextual()) {
                assertThat(command.removal().orElseThrow().version()).hasToString(text(fact, "removedIn"));
            }
        }
    }

    @Test
    void agreesWithTheFactsAboutEachDocumentedReplyMember() throws IOException {
        int compared = 0;
        for (JsonNode fact : list(json("/seed-catalog.json").get("commands"))) {
            CommandSpec command = catalog.command(text(fact, "name")).orElseThrow();
            List<JsonNode> documented = list(fact.path("docReturns")).stream()
                    .filter(member -> !NO_MEMBERS.contains(command.name() + " " + text(member, "path")))
                    .toList();

            assertThat(command.returns().members()).as(command.name()).hasSameSizeAs(documented);
            for (int i = 0; i < documented.size(); i++) {
                MemberSpec member = command.returns().members().get(i);
                assertThat(member.path()).as(command.name()).isEqualTo(text(documented.get(i), "path"));
                assertSame(member, documented.get(i));
                compared++;
            }
        }

        assertThat(compared).isEqualTo(195 - NO_MEMBERS.size());
    }

    @Test
    void agreesWithTheFactsAboutEachEvent() throws IOException {
        List<JsonNode> facts = list(json("/events-2.1.json").get("events"));

        assertThat(catalog.events())
                .extracting(EventSpec::name)
                .containsExactlyElementsOf(
                        facts.stream().map(fact -> text(fact, "name")).toList());
        for (JsonNode fact : facts) {
            EventSpec event = catalog.event(text(fact, "name")).orElseThrow();
            assertThat(event.since()).hasToString(text(fact, "since"));
            assertThat(event.throttle())
                    .isEqualTo(Duration.ofMillis(fact.path("throttleMs").asLong(0)));
            assertMembers(event.members(), "", list(fact.path("data")));
        }
    }

    @Test
    void describesEachEntryInASentenceOfItsOwn() {
        List<String> summaries = Stream.concat(
                        catalog.commands().stream().map(CommandSpec::summary),
                        catalog.events().stream().map(EventSpec::summary))
                .toList();

        assertThat(summaries).hasSize(137).doesNotHaveDuplicates();
        assertThat(summaries).allMatch(summary -> summary.endsWith(".") && summary.length() <= 100);
    }

    @Test
    void speaksOfEventsThatItHas() {
        assertThat(catalog.commands().stream().flatMap(command -> command.relatedEvents().stream()))
                .allMatch(name -> catalog.event(name).isPresent());
    }

    /** The table itself is not part of this project; it lies beside a developer's clone, or nowhere. */
    @Test
    void agreesWithQemusOwnTable() throws IOException {
        Path table = Path.of("..", "..", "shared", "seed", "qmp-commands.hx.txt");
        assumeThat(table).as("QEMU's table of commands lies beside the clone").exists();
        String text = Files.readString(table);

        Matcher matcher = Pattern.compile("\\.name = \"([^\"]+)\",[\\s|]+\\.args_type = ((?:\"[^\"]*\"[\\s|]*)+)")
                .matcher(text);
        List<String> pairs = new ArrayList<>();
        while (matcher.find()) {
            pairs.add(matcher.group(1) + " " + matcher.group(2).replaceAll("[\\s|\"]", ""));
        }

        assertThat(pairs).hasSize(105);
        assertThat(catalog.commands().stream().map(BundledCatalogTest::tableLine))
                .containsExactlyElementsOf(pairs);
    }

    private static String tableLine(CommandSpec command) {
        return command.name() + " "
                + command.arguments().stream()
                        .map(argument -> argument.name() + ":" + argument.code())
                        .collect(Collectors.joining(","));
    }

    private static String line(ArgumentSpec argument) {
        return argument.name() + " " + argument.code() + " " + argument.type().word() + " " + argument.isOptional();
    }

    private static String argumentLine(JsonNode fact) {
        String type = text(fact, "jsonType").startsWith("any") ? "any" : text(fact, "jsonType");
        return text(fact, "name") + " " + text(fact, "code") + " " + type + " "
                + fact.get("optional").booleanValue();
    }

    private List<String> relatedEvents(JsonNode fact) {
        return list(fact.path("relatedEvents")).stream()
                .flatMap(related -> EVENT_NAME.matcher(related.textValue()).results())
                .map(result -> result.group())
                .filter(name -> catalog.event(name).isPresent())
                .distinct()
                .toList();
    }

    private static void assertMembers(List<MemberSpec> members, String prefix, List<JsonNode> facts) {
        List<MemberSpec> here = members.stream()
                .filter(member -> member.path().startsWith(prefix)
                        && !member.path().substring(prefix.length()).contains("."))
                .toList();
        assertThat(here)
                .extracting(MemberSpec::path)
                .containsExactlyElementsOf(
                        facts.stream().map(fact -> prefix + text(fact, "name")).toList());
        for (int i = 0; i < here.size(); i++) {
            assertSame(here.get(i), facts.get(i));
            assertMembers(members, here.get(i).path() + ".", list(facts.get(i).path("members")));
        }
    }

    /** A member without a documented type has one here all the same. */
    private static void assertSame(MemberSpec member, JsonNode fact) {
        if (fact.path("type").isTextual()) {
            assertThat(member.type().word()).as(member.path()).isEqualTo(text(fact, "type"));
        }
        assertThat(member.isOptional())
                .as(member.path())
                .isEqualTo(fact.get("optional").booleanValue());
        assertThat(member.words())
                .as(member.path())
                .containsExactlyElementsOf(list(fact.path("enum")).stream()
                        .map(JsonNode::textValue)
                        .distinct()
                        .toList());
    }

    private static JsonNode json(String resource) throws IOException {
        try (InputStream in = BundledCatalogTest.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).textValue();
    }
}
