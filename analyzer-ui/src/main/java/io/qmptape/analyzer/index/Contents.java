package io.qmptape.analyzer.index;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;

/**
 * What a message holds, in one short line for lists: {@code device=drive0 speed=0}, {@code 19 items},
 * {@code GenericError: …}. Nested members get dotted names. Whatever is no printable character becomes {@code ·}.
 */
final class Contents {
    static final int MAX_CHARACTERS = 200;
    private static final int MAX_DEPTH = 4;
    private static final String ELLIPSIS = "…";

    private final StringBuilder line = new StringBuilder();
    private boolean isFull;

    private Contents() {}

    static String of(Frame frame, Message message) {
        Contents contents = new Contents();
        if (message instanceof Message.Command command) {
            command.arguments().ifPresent(contents::value);
        } else if (message instanceof Message.Success success) {
            contents.value(success.value());
        } else if (message instanceof Message.Failure failure) {
            contents.append(failure.errorClass() + ": ");
            contents.append(failure.description());
        } else if (message instanceof Message.Event event) {
            event.data().ifPresent(contents::value);
        } else if (message instanceof Message.Greeting greeting) {
            contents.append("QEMU " + greeting.version().orElse("?") + " " + String.join(" ", greeting.capabilities()));
        } else if (message instanceof Message.Unrecognized unrecognized) {
            contents.value(unrecognized.json());
        } else {
            Bytes body = frame.body();
            contents.append(
                    body.slice(0, Math.min(body.length(), MAX_CHARACTERS * 4)).text());
        }
        return contents.line.toString().strip();
    }

    /** The beginning of a name, made printable. */
    static String printable(String text) {
        Contents contents = new Contents();
        contents.append(text);
        return contents.line.toString();
    }

    private void value(Json value) {
        if (value instanceof Json.Obj object) {
            members("", object, 0);
            if (object.members().isEmpty()) {
                append("{}");
            }
        } else if (value instanceof Json.Arr array) {
            append(count(array));
        } else {
            append(scalar(value));
        }
    }

    private void members(String prefix, Json.Obj object, int depth) {
        for (Json.Member member : object.members()) {
            if (isFull) {
                return;
            }
            String name = prefix + brief(member.name());
            if (member.value() instanceof Json.Obj inner && !inner.members().isEmpty() && depth < MAX_DEPTH) {
                members(name + ".", inner, depth + 1);
            } else {
                append((line.isEmpty() ? "" : " ") + name + "=");
                append(brief(member.value()));
            }
        }
    }

    private static String brief(Json value) {
        if (value instanceof Json.Obj object) {
            return object.members().isEmpty() ? "{}" : "{" + ELLIPSIS + "}";
        }
        return value instanceof Json.Arr array ? "[" + count(array) + "]" : scalar(value);
    }

    private static String brief(String name) {
        return name.length() <= MAX_CHARACTERS ? name : name.substring(0, MAX_CHARACTERS);
    }

    private static String count(Json.Arr array) {
        int size = array.elements().size();
        return size == 1 ? "1 item" : size + " items";
    }

    private static String scalar(Json value) {
        if (value instanceof Json.Str string) {
            return string.value();
        } else if (value instanceof Json.Num number) {
            return number.text();
        }
        return value instanceof Json.Bool bool ? Boolean.toString(bool.value()) : "null";
    }

    private void append(String text) {
        for (int at = 0; at < text.length() && !isFull; ) {
            int point = text.codePointAt(at);
            int room = MAX_CHARACTERS - ELLIPSIS.length() - line.length();
            isFull = Character.charCount(point) > room;
            line.append(isFull ? ELLIPSIS : isPrintable(point) ? Character.toString(point) : "·");
            at += Character.charCount(point);
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> point != 0xFFFD;
        };
    }
}
