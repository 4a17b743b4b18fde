package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a command, in the order of QEMU up to 2.7: first what is mandatory, then each that the client sent
 * (QMP facts, 2.4). The second look that those releases took, by schema, is not taken here.
 */
final class ArgumentRules {
    private static final String PATH = JsonPath.child(JsonPath.ROOT, "arguments");

    private final Catalog catalog;

    ArgumentRules(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Arguments that are no object are the shape's matter. */
    void judge(CommandSpec command, Optional<Json> arguments, Findings findings) {
        List<Json.Member> sent = arguments
                .filter(Json.Obj.class::isInstance)
                .map(object -> ((Json.Obj) object).members())
                .orElse(List.of());
        if (arguments.isEmpty() || ValueType.OBJECT.accepts(arguments.get())) {
            missing(command, sent, findings);
        }
        sent.stream().takeWhile(member -> !findings.isFull()).forEach(member -> sent(command, member, findings));
    }

    private void missing(CommandSpec command, List<Json.Member> sent, Findings findings) {
        for (ArgumentSpec argument : command.arguments()) {
            boolean isSent = sent.stream().anyMatch(member -> member.name().equals(argument.name()));
            if (!argument.isOptional() && !isSent) {
                String text = "'" + command.name() + "' needs the argument '" + argument.name() + "'";
                add(Rule.ARGS_MISSING, command, argument.name(), text, findings);
            }
        }
    }

    private void sent(CommandSpec command, Json.Member member, Findings findings) {
        Optional<ArgumentSpec> argument = command.argument(member.name());
        if (argument.isEmpty() && !command.hasOpenArguments()) {
            String text = "'" + command.name() + "' has no argument " + JsonPath.quoted(member.name());
            add(Rule.ARGS_UNKNOWN, command, member.name(), text, findings);
        }
        argument.filter(spec -> !spec.accepts(member.value())).ifPresent(spec -> {
            String text = "'" + spec.name() + "' takes " + spec.type().word() + ", not "
                    + member.value().type();
            add(Rule.ARGS_TYPE, command, spec.name(), text, findings);
        });
    }

    private void add(Rule rule, CommandSpec command, String argument, String text, Findings findings) {
        String path = JsonPath.child(PATH, argument);
        if (catalog.isLater(command.name() + "." + argument)) {
            findings.addHint(rule, path, text);
        } else {
            findings.addByCatalog(rule, rule == Rule.ARGS_UNKNOWN ? Severity.INFO : Severity.WARNING, path, text);
        }
    }
}
