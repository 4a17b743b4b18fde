package io.qmptape.analyzer.diff;

import io.qmptape.protocol.Json;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Something that differs between two runs of the same script without meaning anything.
 *
 * @param name of the rule, as {@code host-thread}
 * @param reason why it differs
 * @param commands whose exchanges the rule is limited to; empty for all
 * @param path where it holds, as a pattern over paths such as {@code $.return[].thread-id}
 * @param standIn what a value is compared by instead; empty if the rule leaves that value alone
 */
record RunRule(
        String name, String reason, Set<String> commands, Pattern path, Function<Json, Optional<String>> standIn) {
    RunRule {
        commands = Set.copyOf(commands);
    }

    /** Any number at these paths stands for any other, and any string for any other. */
    static RunRule anyValue(String name, String reason, Set<String> commands, String path) {
        return new RunRule(name, reason, commands, Pattern.compile(path), RunRule::anyOfType);
    }

    boolean isFor(String command) {
        return commands.isEmpty() || commands.contains(command);
    }

    private static Optional<String> anyOfType(Json value) {
        boolean isContainer = value instanceof Json.Obj || value instanceof Json.Arr;
        return isContainer ? Optional.empty() : Optional.of(value.type());
    }
}
