package io.qmptape.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What commands and events one era of QEMU speaks. Immutable; any thread may use it. */
public final class Catalog {
    private final CatalogIdentity identity;
    private final Map<String, CommandSpec> commands;
    private final Map<String, EventSpec> events;
    private final Set<String> later;

    /**
     * @param later commands, and arguments as {@code command.argument}, that newer releases add or no longer insist on
     */
    Catalog(
            CatalogIdentity identity,
            Collection<CommandSpec> commands,
            Collection<EventSpec> events,
            Set<String> later) {
        this.identity = identity;
        this.commands = byName(commands, CommandSpec::name);
        this.events = byName(events, EventSpec::name);
        this.later = Set.copyOf(later);
    }

    /** The catalog that comes with this software: 105 commands and 32 events of the days of QEMU 2.1. */
    public static Catalog bundled() {
        return Bundled.CATALOG;
    }

    /** What findings and recordings call it, as {@code qemu-2.1}. */
    public String id() {
        return identity.id();
    }

    /** The newest release it speaks for. */
    public QemuVersion version() {
        return identity.version();
    }

    public Optional<CommandSpec> command(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    public Optional<EventSpec> event(String name) {
        return Optional.ofNullable(events.get(name));
    }

    /** In the catalog's own order. */
    public List<CommandSpec> commands() {
        return List.copyOf(commands.values());
    }

    /** In the catalog's own order. */
    public List<EventSpec> events() {
        return List.copyOf(events.values());
    }

    /** Whether its word on a command, or on an argument as {@code eject.device}, is no more than a hint. */
    boolean isLater(String name) {
        return later.contains(name);
    }

    @Override
    public String toString() {
        return id();
    }

    private static <T> Map<String, T> byName(Collection<T> specs, Function<T, String> name) {
        Map<String, T> map = new LinkedHashMap<>();
        specs.forEach(spec -> map.put(name.apply(spec), spec));
        return Collections.unmodifiableMap(map);
    }

    /** Read when first asked for. */
    private static final class Bundled {
        private static final String RESOURCE = "qemu-2.1.catalog";
        static final Catalog CATALOG = CatalogReader.read(RESOURCE, text());

        private static List<String> text() {
            try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            } catch (IOException fault) {
                throw new UncheckedIOException("cannot read the bundled " + RESOURCE, fault);
            }
        }
    }
}
