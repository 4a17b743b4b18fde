package io.qmptape.catalog;

import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import java.util.Optional;

/** Whether the server has the command, as far as the catalog knows. */
final class CommandRules {
    private final Catalog catalog;
    private final Peer peer;

    CommandRules(Catalog catalog, Peer peer) {
        this.catalog = catalog;
        this.peer = peer;
    }

    /** The catalog's entry for the command, if the server is thought to have it. */
    Optional<CommandSpec> judge(Message.Command command, Findings findings) {
        String path = JsonPath.child(JsonPath.ROOT, ShapeRules.member(command));
        Optional<CommandSpec> known = catalog.command(command.name());
        if (known.isEmpty()) {
            unknown(command.name(), path, findings);
        }
        if (peer.isAgent() && command.name().equals(NegotiationRules.NEGOTIATE)) {
            String text = "a server that does not greet has nothing to negotiate";
            findings.addByCatalog(Rule.COMMAND_UNKNOWN, Severity.INFO, path, text);
        }
        if (known.isPresent() && command.isOutOfBand()) {
            findings.add(Rule.COMMAND_NOT_OOB, path, "'" + command.name() + "' cannot be run out of band");
        }
        Optional<Removal> removal = known.flatMap(CommandSpec::removal).filter(end -> peer.isAtLeast(end.version()));
        removal.ifPresent(end -> removed(command.name(), end, path, findings));
        return removal.isPresent() ? Optional.empty() : known;
    }

    private static void removed(String name, Removal end, String path, Findings findings) {
        String text = "'" + name + "' was removed in QEMU " + end.version() + "; use " + end.replacement();
        findings.add(Rule.COMMAND_REMOVED, path, text);
    }

    private void unknown(String name, String path, Findings findings) {
        String text = "the catalog has no " + Naming.of("command", name);
        if (catalog.isLater(name)) {
            findings.addHint(Rule.COMMAND_UNKNOWN, path, text);
        } else {
            findings.addByCatalog(Rule.COMMAND_UNKNOWN, Severity.INFO, path, text);
        }
    }
}
