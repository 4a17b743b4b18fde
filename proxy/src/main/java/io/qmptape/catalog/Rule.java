package io.qmptape.catalog;

import java.util.Optional;

/** What a {@link Validator} looks for. The severity is that against a QEMU of the catalog's era; a newer one gets less. */
public enum Rule {
    JSON_NOISE("json/noise", Severity.WARNING, "Bytes that hold no JSON; QEMU answers them with a parse error."),
    JSON_UNFINISHED(
            "json/unfinished", Severity.WARNING, "The stream ended inside a message; QEMU drops it unanswered."),
    SHAPE_NOT_OBJECT("shape/not-object", Severity.ERROR, "A client sends JSON objects only."),
    SHAPE_NO_EXECUTE("shape/no-execute", Severity.ERROR, "A client's object names the command it executes."),
    SHAPE_EXECUTE_TYPE("shape/execute-type", Severity.ERROR, "The name of a command is a string."),
    SHAPE_ARGUMENTS_TYPE("shape/arguments-type", Severity.ERROR, "The arguments of a command are an object."),
    SHAPE_UNEXPECTED_MEMBER(
            "shape/unexpected-member",
            Severity.ERROR,
            "A command has execute or exec-oob, arguments, id, and no more."),
    SHAPE_EXEC_OOB(
            "shape/exec-oob-not-enabled",
            Severity.ERROR,
            "exec-oob is for sessions that negotiated the oob capability."),
    NEGOTIATION_BEFORE(
            "negotiation/command-before", Severity.ERROR, "No command is run before qmp_capabilities has succeeded."),
    NEGOTIATION_AGAIN("negotiation/again", Severity.ERROR, "Capabilities are negotiated once in a session."),
    NEGOTIATION_CAPABILITY(
            "negotiation/capability", Severity.ERROR, "A client enables only capabilities that the greeting offers."),
    COMMAND_UNKNOWN("command/unknown", Severity.ERROR, "The catalog has no command of this name."),
    COMMAND_REMOVED("command/removed", Severity.WARNING, "This release no longer has the command."),
    COMMAND_NOT_OOB("command/not-oob", Severity.WARNING, "The command cannot be run out of band."),
    ARGS_MISSING("args/missing", Severity.ERROR, "A mandatory argument is absent."),
    ARGS_UNKNOWN("args/unknown", Severity.ERROR, "The command has no argument of this name."),
    ARGS_TYPE("args/type", Severity.ERROR, "An argument is of another JSON type than the command takes."),
    EVENT_UNKNOWN("event/unknown", Severity.WARNING, "The catalog has no event of this name."),
    EVENT_MEMBER_MISSING("event/member-missing", Severity.WARNING, "An event lacks a member that it always has."),
    EVENT_MEMBER_TYPE(
            "event/member-type", Severity.WARNING, "A member of an event is of another JSON type than documented."),
    POLICY_DENIED(
            "policy/denied",
            Severity.WARNING,
            "A policy denied the message: it did not reach the server, and was answered in the server's place."),
    REPLY_UNEXPECTED("reply/unexpected", Severity.WARNING, "A reply came that no command waits for."),
    REPLY_ID_UNKNOWN("reply/id-unknown", Severity.WARNING, "A reply carries an id that no waiting command has."),
    REPLY_TYPE("reply/type", Severity.WARNING, "A result, or a member of it, is of another JSON type than documented."),
    SERVER_UNRECOGNIZED(
            "server/unrecognized", Severity.WARNING, "The server sent JSON that is no greeting, reply or event.");

    private final String id;
    private final Severity severity;
    private final String sentence;

    Rule(String id, Severity severity, String sentence) {
        this.id = id;
        this.severity = severity;
        this.sentence = sentence;
    }

    /** As findings carry it. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** What it is about, for people. */
    public String sentence() {
        return sentence;
    }

    public static Optional<Rule> ofId(String id) {
        for (Rule rule : values()) {
            if (rule.id.equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
