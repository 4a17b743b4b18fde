package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import java.util.Optional;

/** Replies: whether one was waited for, and whether a result is what the catalog documents. */
final class ReplyRules {
    private static final String RESULT = JsonPath.child(JsonPath.ROOT, "return");

    private final Catalog catalog;
    private final PendingCommands waiting;
    private final MemberRules members;

    ReplyRules(Catalog catalog, PendingCommands waiting, MemberRules members) {
        this.catalog = catalog;
        this.waiting = waiting;
        this.members = members;
    }

    /** The name of the command that the reply answers; empty if there is none. */
    Optional<String> judge(Message reply, Findings findings) {
        Optional<PendingCommands.Pending> answered = waiting.answeredBy(reply);
        if (answered.isEmpty() && !waiting.hasForgotten()) {
            unexpected(reply, findings);
        }
        Optional<String> command = answered.map(PendingCommands.Pending::command);
        if (reply instanceof Message.Success success) {
            command.flatMap(catalog::command).ifPresent(spec -> result(spec, success.value(), findings));
        }
        return command;
    }

    private void unexpected(Message reply, Findings findings) {
        if (reply.id().isPresent()) {
            findings.add(Rule.REPLY_ID_UNKNOWN, JsonPath.child(JsonPath.ROOT, "id"), "no waiting command has this id");
        } else {
            String text = waiting.isEmpty() ? "no command waits for a reply" : "all waiting commands have an id";
            findings.add(Rule.REPLY_UNEXPECTED, JsonPath.ROOT, text);
        }
    }

    private void result(CommandSpec spec, Json value, Findings findings) {
        ReplySpec documented = spec.returns();
        if (!documented.type().accepts(value)) {
            String text = "'" + spec.name() + "' is documented to return "
                    + documented.type().word() + ", not " + value.type();
            findings.addByCatalog(Rule.REPLY_TYPE, Severity.INFO, RESULT, text);
        }
        members.types(documented.members(), new MemberPath.Place(RESULT, value), Rule.REPLY_TYPE, findings);
    }
}
