package io.qmptape.analyzer.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog says about one command or event.
 *
 * @param kind {@code command} or {@code event}
 * @param effect read-only, session or mutating; empty for an event
 * @param arguments of a command; of an event the members of its data
 * @param returns documented members of the reply, by path
 * @param related names of events that come with a command, or of commands that bring an event
 * @param era the catalog it stands in, as {@code qemu-2.1}
 */
public record CatalogEntry(
        String kind,
        String name,
        String summary,
        String effect,
        List<Argument> arguments,
        List<Member> returns,
        List<String> related,
        String era) {
    public static final String COMMAND = "command";
    public static final String EVENT = "event";

    public CatalogEntry {
        arguments = List.copyOf(arguments);
        returns = List.copyOf(returns);
        related = List.copyOf(related);
    }

    /**
     * An argument of a command, or a member of an event's data.
     *
     * @param type JSON type
     * @param code the type code as QEMU's own table has it; empty where there is none
     */
    public record Argument(String name, String type, String code, boolean optional, String summary) {}

    /**
     * A documented member of the reply.
     *
     * @param values the words it can have; null where it is no enumeration
     */
    public record Member(
            String path,
            String type,
            boolean optional,
            @Nullable List<String> values) {}
}
