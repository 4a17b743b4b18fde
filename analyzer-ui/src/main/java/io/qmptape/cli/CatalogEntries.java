package io.qmptape.cli;

import io.qmptape.analyzer.web.CatalogEntry;
import io.qmptape.analyzer.web.CatalogPages;
import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.CommandSpec;
import io.qmptape.catalog.EventSpec;
import io.qmptape.catalog.MemberSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The catalog in the shape that the page shows. */
final class CatalogEntries implements CatalogPages {
    private final List<CatalogEntry> entries;
    private final Map<Key, CatalogEntry> byName;

    CatalogEntries(Catalog catalog) {
        List<CatalogEntry> all = new ArrayList<>();
        catalog.commands().stream()
                .sorted(Comparator.comparing(CommandSpec::name))
                .forEach(command -> all.add(of(command, catalog.id())));
        catalog.events().forEach(event -> all.add(of(event, catalog)));
        entries = List.copyOf(all);
        byName = entries.stream()
                .collect(Collectors.toUnmodifiableMap(entry -> new Key(entry.kind(), entry.name()), entry -> entry));
    }

    @Override
    public List<CatalogEntry> entries() {
        return entries;
    }

    @Override
    public Optional<CatalogEntry> entry(String kind, String name) {
        return Optional.ofNullable(byName.get(new Key(kind, name)));
    }

    private record Key(String kind, String name) {}

    private static CatalogEntry of(CommandSpec command, String era) {
        List<CatalogEntry.Argument> arguments = command.arguments().stream()
                .map(argument -> new CatalogEntry.Argument(
                        argument.name(),
                        argument.type().word(),
                        argument.code(),
                        argument.isOptional(),
                        argument.summary()))
                .toList();
        List<CatalogEntry.Member> returns = command.returns().members().stream()
                .map(member -> new CatalogEntry.Member(
                        member.path(),
                        member.type().word(),
                        member.isOptional(),
                        member.words().isEmpty() ? null : member.words()))
                .toList();
        return new CatalogEntry(
                CatalogEntry.COMMAND,
                command.name(),
                command.summary(),
                command.effect().word(),
                arguments,
                returns,
                command.relatedEvents(),
                era);
    }

    private static CatalogEntry of(EventSpec event, Catalog catalog) {
        List<CatalogEntry.Argument> members =
                event.members().stream().map(CatalogEntries::argument).toList();
        List<String> causes = catalog.commands().stream()
                .filter(command -> command.relatedEvents().contains(event.name()))
                .map(CommandSpec::name)
                .toList();
        return new CatalogEntry(
                CatalogEntry.EVENT, event.name(), event.summary(), "", members, List.of(), causes, catalog.id());
    }

    private static CatalogEntry.Argument argument(MemberSpec member) {
        return new CatalogEntry.Argument(
                member.path(), member.type().word(), "", member.isOptional(), String.join(", ", member.words()));
    }
}
