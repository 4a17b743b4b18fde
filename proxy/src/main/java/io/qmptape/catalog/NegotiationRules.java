package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import java.util.List;
import java.util.Optional;

/** The order of negotiation, and what a client may enable. Silent where no greeting came: a guest agent has no such thing. */
final class NegotiationRules {
    static final String NEGOTIATE = "qmp_capabilities";
    private static final String ENABLE = "enable";
    private static final String OUT_OF_BAND = "oob";
    /** The first release whose {@code qmp_capabilities} takes an argument. */
    private static final QemuVersion WITH_ENABLE = new QemuVersion(2, 12);

    private final Peer peer;
    private final Negotiation negotiation;

    NegotiationRules(Peer peer, Negotiation negotiation) {
        this.peer = peer;
        this.negotiation = negotiation;
    }

    /** Whether the command runs in the state the session is in; if not, QEMU looks at nothing else. */
    boolean admits(Message.Command command, Findings findings) {
        if (!peer.isGreeted() || negotiation.isOver() != command.name().equals(NEGOTIATE)) {
            return true;
        }
        String path = JsonPath.child(JsonPath.ROOT, ShapeRules.member(command));
        if (negotiation.isOver()) {
            findings.add(Rule.NEGOTIATION_AGAIN, path, "capabilities have been negotiated already");
        } else {
            findings.add(Rule.NEGOTIATION_BEFORE, path, "'" + NEGOTIATE + "' has to succeed first");
        }
        return false;
    }

    /** Whether these rules, not the catalog, say what the command's arguments are. */
    boolean knowsArgumentsOf(Message.Command command) {
        return command.name().equals(NEGOTIATE) && peer.isAtLeast(WITH_ENABLE);
    }

    void judgeArguments(Message.Command command, Findings findings) {
        String path = JsonPath.child(JsonPath.child(JsonPath.ROOT, "arguments"), ENABLE);
        Optional<Json> enable = enabled(command);
        if (enable.filter(value -> !ValueType.ARRAY.accepts(value)).isPresent()) {
            findings.add(Rule.ARGS_TYPE, path, "'enable' is expected to be an array of strings");
        }
        List<Json> wanted = elements(enable);
        for (int i = 0; i < wanted.size() && !findings.isFull(); i++) {
            if (!(wanted.get(i) instanceof Json.Str capability) || !peer.offers(capability.value())) {
                findings.add(
                        Rule.NEGOTIATION_CAPABILITY,
                        JsonPath.element(path, i),
                        "the greeting offers no such capability");
            }
        }
    }

    /** Takes note of a command that was judged. */
    void follow(Message.Command command, boolean isSound) {
        if (isSound && command.name().equals(NEGOTIATE)) {
            negotiation.presume(elements(enabled(command)).stream()
                    .anyMatch(value ->
                            value instanceof Json.Str text && text.value().equals(OUT_OF_BAND)));
        }
    }

    void answered(boolean isSuccess) {
        if (isSuccess) {
            negotiation.succeed();
        } else {
            negotiation.fail();
        }
    }

    private static Optional<Json> enabled(Message.Command command) {
        return command.arguments()
                .filter(Json.Obj.class::isInstance)
                .flatMap(arguments -> ((Json.Obj) arguments).get(ENABLE));
    }

    private static List<Json> elements(Optional<Json> value) {
        return value.filter(Json.Arr.class::isInstance)
                .map(array -> ((Json.Arr) array).elements())
                .orElse(List.of());
    }
}
