package io.qmptape.policy;

import io.qmptape.catalog.Catalog;
import io.qmptape.catalog.CommandSpec;
import io.qmptape.catalog.Effect;
import io.qmptape.traffic.Peer;
import java.util.List;
import java.util.Optional;

/** Ordered rules, of which the first that matches decides; what none matches is denied. Immutable. */
public final class Policy {
    /** Questions, and negotiation. By their names too, for QEMU calls nothing query- that changes something. */
    public static final String READ_ONLY = "read-only";

    private static final List<String> READ_ONLY_RULES =
            List.of("allow qmp_capabilities,query-*", "allow * effect=read-only");
    private static final Decision BY_DEFAULT = new Decision(false, "nothing allows it");

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

    /** @param client as far as it is known */
    public Decision decide(String command, Peer client) {
        Optional<Effect> effect = catalog.command(command).map(CommandSpec::effect);
        return rules.stream()
                .filter(rule -> rule.matches(command, effect, client))
                .findFirst()
                .map(rule -> new Decision(rule.allows(), rule.reason()))
                .orElse(BY_DEFAULT);
    }
}
