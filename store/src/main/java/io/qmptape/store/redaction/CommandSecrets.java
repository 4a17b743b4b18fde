package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;

/** Finds the secrets among a command's arguments. */
final class CommandSecrets {
    /** Their other arguments are no secrets; one that is none of these may be a password under a misspelled name. */
    private static final Map<String, Set<String>> PASSWORD_COMMANDS = Map.of(
            "set_password", Set.of("protocol", "connected", "display"),
            "block_passwd", Set.of("device", "node-name"),
            "change-vnc-password", Set.of());

    private static final String ARGUMENTS = JsonPath.child(JsonPath.ROOT, "arguments");

    private static final String ID = JsonPath.child(JsonPath.ROOT, "id");

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
        secrets.walkMessage(value, SecretNames::includesInObject);
        return secrets.found;
    }

    /** Of a command or its reply, by the same names in both: they must stay equal. */
    static List<Secret> inId(Bytes bytes, Json id) {
        CommandSecrets secrets = new CommandSecrets(bytes);
        secrets.walk(ID, id, SecretNames::includes);
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
        walkMessage(command.json(), isObject ? SecretNames::includesInObject : SecretNames::includes);
        command.arguments().ifPresent(arguments -> search(command.name(), arguments));
    }

    private void search(String command, Json arguments) {
        Set<String> harmless = PASSWORD_COMMANDS.get(command);
        if (arguments instanceof Json.Obj members) {
            search(command, members);
            if (harmless != null) {
                members.members().stream()
                        .filter(member -> !harmless.contains(member.name()))
                        .forEach(member -> whole(JsonPath.child(ARGUMENTS, member.name()), member.value()));
            }
        } else if (harmless != null) {
            whole(ARGUMENTS, arguments);
        }
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
        if (SecretText.isSecretLine(members.text("command-line").orElse(""))) {
            whole(members, "command-line");
        }
    }

    private void migrationTarget(Json.Obj members) {
        if (SecretText.isProgram(members.text("uri").orElse(""))) {
            whole(members, "uri");
        }
    }

    private void whole(Json.Obj members, String name) {
        members.get(name).ifPresent(value -> whole(JsonPath.child(ARGUMENTS, name), value));
    }

    private void whole(String path, Json value) {
        boolean isKnown = found.stream().anyMatch(secret -> secret.span().equals(value.span()));
        if (!isKnown && !(value instanceof Json.Null)) {
            found.removeIf(secret -> isWithin(secret.span(), value.span()));
            String text = value instanceof Json.Str string
                    ? string.value()
                    : bytes.slice(value.span()).text();
            found.add(new Secret(path, value.type(), value.span(), true, text));
        }
    }

    private static boolean isWithin(Span inner, Span outer) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    private void walkMessage(Json message, Predicate<String> isSecret) {
        if (message instanceof Json.Obj object) {
            for (Json.Member member : object.members()) {
                walk(JsonPath.ROOT, member, member.name().equals("id") ? SecretNames::includes : isSecret);
            }
        } else {
            walk(JsonPath.ROOT, message, isSecret);
        }
    }

    private void walk(String path, Json value, Predicate<String> isSecret) {
        if (value instanceof Json.Obj object) {
            object.members().forEach(member -> walk(path, member, isSecret));
        } else if (value instanceof Json.Arr array) {
            for (int i = 0; i < array.elements().size(); i++) {
                walk(JsonPath.element(path, i), array.elements().get(i), isSecret);
            }
        } else if (value instanceof Json.Str string) {
            text(path, string);
        }
    }

    private void walk(String path, Json.Member member, Predicate<String> isSecret) {
        String inner = JsonPath.child(path, member.name());
        if (isSecret.test(member.name())) {
            whole(inner, member.value());
        } else {
            walk(inner, member.value(), isSecret);
        }
    }

    private void text(String path, Json.Str string) {
        if (SecretText.isPseudoUrl(string.value())) {
            whole(path, string);
        } else if (SecretText.PASSWORD_IN_URL.matcher(string.value()).find()) {
            userInfo(path, string);
        }
    }

    /** Only the password's own characters, if they stand in the bytes as they are. */
    private void userInfo(String path, Json.Str string) {
        String raw = bytes.slice(string.span()).text();
        if (raw.length() != string.span().length() || raw.indexOf('\\') >= 0) {
            whole(path, string);
            return;
        }
        Matcher matcher = SecretText.PASSWORD_IN_URL.matcher(raw);
        while (matcher.find()) {
            Span span = new Span(matcher.start(1), matcher.end(1))
                    .shiftedBy(string.span().start());
            found.add(new Secret(path, "string", span, false, matcher.group(1)));
        }
    }
}
