package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the secrets among a command's arguments. */
final class CommandSecrets {
    /** Monitor lines that carry a secret; the rest of the line goes with it. */
    private static final Pattern SECRET_LINE = Pattern.compile(
            "^\\s*(set_password|change_vnc_password|block_passwd|change\\s+vnc\\s+passw"
                    + "|(object_add|object-add|qom-set)\\b.*(secret|passw)|migrate\\b.*exec:)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern USER_INFO = Pattern.compile("://[^/@:\"'\\s]*:([^/@\"'\\s]+)@");
    private static final String ARGUMENTS = JsonPath.child(JsonPath.ROOT, "arguments");

    private final Bytes bytes;
    private final List<Secret> found = new ArrayList<>();

    private CommandSecrets(Bytes bytes) {
        this.bytes = bytes;
    }

    static List<Secret> of(Bytes bytes, Message.Command command) {
        CommandSecrets secrets = new CommandSecrets(bytes);
        secrets.search(command);
        return secrets.found;
    }

    /** For what a client sent that is no command: by names alone. */
    static List<Secret> byName(Bytes bytes, Json value) {
        CommandSecrets secrets = new CommandSecrets(bytes);
        secrets.walk(JsonPath.ROOT, value, SecretNames::includesInObject);
        return secrets.found;
    }

    /** Passwords in URLs, anywhere in a value. */
    static List<Secret> inUrls(Bytes bytes, String path, Json value) {
        CommandSecrets secrets = new CommandSecrets(bytes);
        secrets.walk(path, value, name -> false);
        return secrets.found;
    }

    /** The whole message, for a member that is misspelled may hold a secret too. */
    private void search(Message.Command command) {
        boolean isObject = command.name().equals("object-add") || command.name().equals("object_add");
        walk(JsonPath.ROOT, command.json(), isObject ? SecretNames::includesInObject : SecretNames::includes);
        command.arguments()
                .filter(Json.Obj.class::isInstance)
                .ifPresent(arguments -> search(command.name(), (Json.Obj) arguments));
    }

    private void search(String command, Json.Obj members) {
        switch (command) {
            case "change" -> changeOfVncPassword(members);
            case "qom-set" -> qomSet(members);
            case "human-monitor-command" -> humanLine(members);
            case "migrate", "migrate-incoming", "migrate-recover" -> migrationTarget(members);
            case "sev-inject-launch-secret" -> whole(members, "packet-header");
            default -> {}
        }
    }

    private void changeOfVncPassword(Json.Obj members) {
        boolean isVnc = members.text("device").filter("vnc"::equals).isPresent();
        String target = members.text("target").orElse("");
        if (isVnc && (target.equals("password") || target.equals("passwd"))) {
            whole(members, "arg");
        }
    }

    private void qomSet(Json.Obj members) {
        if (isSecretProperty(members)) {
            whole(members, "value");
        }
    }

    static boolean isSecretProperty(Json.Obj arguments) {
        return SecretNames.isProperty(arguments.text("property").orElse(""))
                || arguments.text("path").orElse("").toLowerCase(Locale.ROOT).contains("secret");
    }

    /** The whole line: where in it the secret stands is for QEMU's own parser to know. */
    private void humanLine(Json.Obj members) {
        if (SECRET_LINE.matcher(members.text("command-line").orElse("")).find()) {
            whole(members, "command-line");
        }
    }

    private void migrationTarget(Json.Obj members) {
        if (members.text("uri").orElse("").startsWith("exec:")) {
            whole(members, "uri");
        }
    }

    private void whole(Json.Obj members, String name) {
        members.get(name).ifPresent(value -> whole(JsonPath.child(ARGUMENTS, name), value));
    }

    private void whole(String path, Json value) {
        boolean isKnown = found.stream().anyMatch(secret -> secret.path().equals(path));
        if (!isKnown && !(value instanceof Json.Null)) {
            found.removeIf(secret -> secret.path().startsWith(path));
            String text = value instanceof Json.Str string
                    ? string.value()
                    : bytes.slice(value.span()).text();
            found.add(new Secret(path, value.type(), value.span(), true, text));
        }
    }

    private void walk(String path, Json value, Predicate<String> isSecret) {
        if (value instanceof Json.Obj object) {
            for (Json.Member member : object.members()) {
                String inner = JsonPath.child(path, member.name());
                if (isSecret.test(member.name())) {
                    whole(inner, member.value());
                } else {
                    walk(inner, member.value(), isSecret);
                }
            }
        } else if (value instanceof Json.Arr array) {
            for (int i = 0; i < array.elements().size(); i++) {
                walk(JsonPath.element(path, i), array.elements().get(i), isSecret);
            }
        } else if (value instanceof Json.Str string && string.value().contains("://")) {
            userInfo(path, string);
        }
    }

    /** Only the password's own characters, if they stand in the bytes as they are. */
    private void userInfo(String path, Json.Str string) {
        String raw = bytes.slice(string.span()).text();
        Matcher matcher = USER_INFO.matcher(raw);
        boolean isAscii = raw.length() == string.span().length();
        while (matcher.find()) {
            Span span = new Span(matcher.start(1), matcher.end(1))
                    .shiftedBy(string.span().start());
            if (!isAscii) {
                whole(path, string);
                return;
            }
            found.add(new Secret(path, "string", span, false, matcher.group(1)));
        }
    }
}
