package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import java.util.Set;

/** What QEMU asks of a client's message before it looks at the command's name. */
final class ShapeRules {
    private static final Set<String> MEMBERS = Set.of("execute", "arguments", "id");
    private static final String EXEC_OOB = "exec-oob";
    /** The one release in which {@code control} chose out-of-band execution. */
    private static final QemuVersion WITH_CONTROL = new QemuVersion(2, 12);

    private final Peer peer;
    private final Negotiation negotiation;

    ShapeRules(Peer peer, Negotiation negotiation) {
        this.peer = peer;
        this.negotiation = negotiation;
    }

    void judge(Message.Unrecognized message, Findings findings) {
        if (!(message.json() instanceof Json.Obj object)) {
            findings.add(
                    Rule.SHAPE_NOT_OBJECT,
                    JsonPath.ROOT,
                    "an object is expected, not " + message.json().type());
            return;
        }
        findings.add(Rule.SHAPE_NO_EXECUTE, JsonPath.ROOT, "the object lacks the member 'execute'");
        members(object, findings);
    }

    void judge(Message.Command command, Findings findings) {
        String member = member(command);
        if (command.json().text(member).isEmpty()) {
            findings.add(
                    Rule.SHAPE_EXECUTE_TYPE,
                    JsonPath.child(JsonPath.ROOT, member),
                    "'" + member + "' is expected to be a string");
        }
        if (command.isOutOfBand() && !negotiation.hasOutOfBand()) {
            findings.add(
                    Rule.SHAPE_EXEC_OOB,
                    JsonPath.child(JsonPath.ROOT, EXEC_OOB),
                    "'exec-oob' stands here although the capability 'oob' was not enabled");
        }
        members(command.json(), findings);
    }

    static String member(Message.Command command) {
        return command.isOutOfBand() ? EXEC_OOB : "execute";
    }

    private void members(Json.Obj object, Findings findings) {
        object.get("arguments")
                .filter(arguments -> !ValueType.OBJECT.accepts(arguments))
                .ifPresent(arguments -> findings.add(
                        Rule.SHAPE_ARGUMENTS_TYPE,
                        JsonPath.child(JsonPath.ROOT, "arguments"),
                        "'arguments' is expected to be an object, not " + arguments.type()));
        for (Json.Member member : object.members()) {
            if (!isExpected(member.name(), object) && !findings.isFull()) {
                unexpected(member.name(), findings);
            }
        }
    }

    private boolean isExpected(String name, Json.Obj object) {
        return MEMBERS.contains(name)
                || (name.equals(EXEC_OOB) && object.get("execute").isEmpty())
                || (name.equals("control") && peer.is(WITH_CONTROL));
    }

    private static void unexpected(String name, Findings findings) {
        String text = name.equals(EXEC_OOB)
                ? "'exec-oob' cannot stand beside 'execute'"
                : "the member " + JsonPath.quoted(name) + " is unexpected";
        findings.add(Rule.SHAPE_UNEXPECTED_MEMBER, JsonPath.child(JsonPath.ROOT, name), text);
    }
}
