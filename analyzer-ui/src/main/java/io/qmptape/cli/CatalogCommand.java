package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.CommandSpec;
import io.qmptape.catalog.EventSpec;
import io.qmptape.catalog.Rule;
import io.qmptape.store.TapeException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        description = "What commands and events QEMU speaks, and what the validator looks for.",
        synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand {
    private final Catalog catalog = Catalog.bundled();

    @Command(mixinStandardHelpOptions = true, description = "List the commands and events of the catalog.")
    int list(@Mixin JsonOption json) {
        for (CommandSpec command : catalog.commands()) {
            row(json, "command", command.name(), command.effect().word(), command.summary());
        }
        for (EventSpec event : catalog.events()) {
            row(json, "event", event.name(), "", event.summary());
        }
        return Qmptape.FINE;
    }

    @Command(mixinStandardHelpOptions = true, description = "Show one command or event.")
    int show(@Parameters(paramLabel = "NAME", description = "Its name, as query-status or STOP.") String name) {
        Optional<CommandSpec> command = catalog.command(name);
        Optional<EventSpec> event = catalog.event(name);
        if (command.isEmpty() && event.isEmpty()) {
            throw new TapeException("catalog " + catalog.id() + " has no command or event '" + Printable.of(name, 80)
                    + "' (see qmptape catalog list)");
        }
        CatalogText text = new CatalogText(catalog, System.out);
        command.ifPresent(text::print);
        event.ifPresent(text::print);
        return Qmptape.FINE;
    }

    @Command(mixinStandardHelpOptions = true, description = "List the rules of the validator.")
    int rules(@Mixin JsonOption json) {
        for (Rule rule : Rule.values()) {
            row(json, "rule", rule.id(), rule.severity().word(), rule.sentence());
        }
        return Qmptape.FINE;
    }

    private static void row(JsonOption json, String kind, String name, String word, String text) {
        if (json.isOn()) {
            ObjectNode object = JsonOption.object().put("kind", kind).put("name", name);
            JsonOption.print(object.put("is", word).put("text", text));
        } else {
            System.out.printf(Locale.ROOT, "%-8s %-36s %-10s %s%n", kind, name, word, text);
        }
    }
}
