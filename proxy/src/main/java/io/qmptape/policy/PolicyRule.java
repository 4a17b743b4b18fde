package io.qmptape.policy;

import io.qmptape.catalog.Effect;
import io.qmptape.traffic.Peer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One line of a policy. What is empty matches everything; who is not known matches no rule that asks for it.
 *
 * @param names of commands, one of which has to match whole
 * @param process the short name of the client's process
 */
record PolicyRule(
        boolean allows,
        List<NameGlob> names,
        Set<Effect> effects,
        OptionalLong uid,
        OptionalLong gid,
        Optional<String> process,
        String reason) {
    PolicyRule {
        names = List.copyOf(names);
        effects = Set.copyOf(effects);
    }

    boolean matches(String command, Optional<Effect> effect, Peer client) {
        return names.stream().anyMatch(name -> name.matches(command))
                && (effects.isEmpty() || effect.filter(effects::contains).isPresent())
                && (uid.isEmpty() || uid.equals(client.uid()))
                && (gid.isEmpty() || gid.equals(client.gid()))
                && (process.isEmpty() || process.get().equals(client.command()));
    }
}
