package io.qmptape.policy;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.CommandSpec;
import io.qmptape.catalog.Effect;
import io.qmptape.gate.Admission;
import io.qmptape.protocol.Message;
import io.qmptape.traffic.Peer;
import java.util.List;
import java.util.Optional;

/** Ordered rules, of which the first that matches decides; what none matches is denied. Immutable. */
public final class Policy implements Admission {
    /** Questions, and negotiation. By their names too, for QEMU calls nothing query- that changes something. */
    public static final String READ_ONLY = "read-only";

    private static final List<String> READ_ONLY_RULES =
            List.of("allow qmp_capabilities,query-*", "allow * effect=read-only");
    private static final String BY_DEFAULT = "nothing allows it";

    private final List<PolicyRule> rules;
    private final Catalog catalog;

    Policy(List<PolicyRule> rules, Catalog catalog) {
        this.rules = List.copyOf(rules);
        this.catalog = catalog;
    }

    /** The built-in one of that name, if there is one. */
    public static Optional<Policy> named(String name) {
        return name.equals(READ_ONLY) ? Optional.of(PolicyReader.read(READ_ONLY, READ_ONLY_RULES)) : Optional.empty();
    }

    @Override
    public Optional<String> denies(Message.Command command, Peer client) {
        return denies(command.name(), client);
    }

    Optional<String> denies(String command, Peer client) {
        Optional<Effect> effect = catalog.command(command).map(CommandSpec::effect);
        Optional<PolicyRule> first = rules.stream()
                .filter(rule -> rule.matches(command, effect, client))
                .findFirst();
        return first.isEmpty()
                ? Optional.of(BY_DEFAULT)
                : first.filter(rule -> !rule.allows()).map(PolicyRule::reason);
    }
}
