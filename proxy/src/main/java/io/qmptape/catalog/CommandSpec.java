package io.qmptape.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A command as a catalog knows it.
 *
 * @param summary one sentence
 * @param arguments in the catalog's order
 * @param relatedEvents names of events that it may bring about
 * @param removal empty while no release known to the catalog lacks it
 */
public record CommandSpec(
        String name,
        String summary,
        Effect effect,
        List<ArgumentSpec> arguments,
        ReplySpec returns,
        List<String> relatedEvents,
        Optional<Removal> removal) {
    public CommandSpec {
        arguments = List.copyOf(arguments);
        relatedEvents = List.copyOf(relatedEvents);
    }

    public Optional<ArgumentSpec> argument(String argumentName) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(argumentName))
                .findFirst();
    }

    /** Whether it takes arguments that the catalog does not name. */
    public boolean hasOpenArguments() {
        return arguments.stream().anyMatch(ArgumentSpec::isOpen);
    }
}
