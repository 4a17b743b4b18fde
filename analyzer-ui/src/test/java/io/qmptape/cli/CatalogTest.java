package io.qmptape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.analyzer.web.CatalogEntry;
import io.qmptape.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog on the command line and in the shape of the page. */
class CatalogTest {
    @TempDir
    private Path home;

    @Test
    void listNamesEveryCommandAndEventOnALine() throws IOException {
        CommandLineRun table = run("list");
        Set<String> kinds = new HashSet<>();
        for (String line : run("list", "--json").lines()) {
            JsonNode node = new ObjectMapper().readTree(line);
            kinds.add(node.get("kind").asText());
            assertThat(node.get("name").asText()).isNotBlank();
        }

        assertThat(table.lines()).hasSize(105 + 32);
        assertThat(kinds).containsExactlyInAnyOrder("command", "event");
    }

    @Test
    void showTellsArgumentsWithTheirCodes() {
        assertThat(run("show", "block_resize").lines())
                .contains("  arguments")
                .anyMatch(line -> line.matches(" +device +string +optional +code .*"))
                .anyMatch(line -> line.matches(" +size +(int|number) +required +code .*"));
    }

    @Test
    void showTellsWhatIsReturnedAndWhatComesAlong() {
        assertThat(run("show", "query-status").out()).contains("returns object", "running", "bool");
        assertThat(run("show", "stop").out()).contains("brings STOP");
        assertThat(run("show", "STOP").lines())
                .anyMatch(line -> line.startsWith("  comes with") && line.contains("stop"));
    }

    @Test
    void rulesAreJsonToo() throws IOException {
        for (String line : run("rules", "--json").lines()) {
            assertThat(new ObjectMapper().readTree(line).get("kind").asText()).isEqualTo("rule");
        }
    }

    @Test
    void anEntryIsFoundByKindAndName() {
        CatalogEntries entries = new CatalogEntries(Catalog.bundled());

        assertThat(entries.entry(CatalogEntry.EVENT, "STOP").orElseThrow().related())
                .contains("stop");
        assertThat(entries.entry(CatalogEntry.COMMAND, "stop").orElseThrow().kind())
                .isEqualTo("command");
        assertThat(entries.entry(CatalogEntry.COMMAND, "STOP")).isEmpty();
    }

    private CommandLineRun run(String what, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "catalog";
        args[1] = what;
        System.arraycopy(more, 0, args, 2, more.length);
        return CommandLineRun.of(home, args).isFine();
    }
}
