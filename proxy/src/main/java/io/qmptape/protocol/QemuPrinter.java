package io.qmptape.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;

/**
 * Prints a value as QEMU does when it echoes what it parsed: {@code 1e3} as {@code 1000}, everything that is not ASCII
 * escaped, members in the order of QEMU's hash table (QMP facts 1.1, 1.3). For ids: recorded messages are never
 * printed anew. Pure.
 */
public final class QemuPrinter {
    private final Layout layout;
    private final StringBuilder out = new StringBuilder();

    private QemuPrinter(Layout layout) {
        this.layout = layout;
    }

    /** On one line, as monitors print unless they are told to be pretty. */
    public static String print(Json value) {
        return print(value, Layout.COMPACT, 0);
    }

    /** @param level how deep in its message the value stands; the message's own members stand at 1 */
    public static String print(Json value, Layout layout, int level) {
        QemuPrinter printer = new QemuPrinter(layout);
        printer.value(value, level);
        return printer.out.toString();
    }

    private void value(Json value, int level) {
        if (value instanceof Json.Obj object) {
            nested('{', HashOrder.of(object.members()), '}', level, member -> {
                string(member.name());
                out.append(": ");
                value(member.value(), level + 1);
            });
        } else if (value instanceof Json.Arr array) {
            nested('[', array.elements(), ']', level, element -> value(element, level + 1));
        } else if (value instanceof Json.Str string) {
            string(string.value());
        } else if (value instanceof Json.Num number) {
            out.append(number(number));
        } else {
            out.append(value instanceof Json.Bool bool ? String.valueOf(bool.value()) : "null");
        }
    }

    private <T> void nested(char open, List<T> parts, char close, int level, Consumer<T> print) {
        out.append(open);
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? layout.lineBreak(level + 1) : layout.separator(level + 1));
            print.accept(parts.get(i));
        }
        out.append(layout.lineBreak(level)).append(close);
    }

    private static String number(Json.Num number) {
        if (number.isInteger()) {
            return new BigInteger(number.text()).toString();
        }
        return switch (number.text()) {
            case "inf", "-inf", "nan", "-nan" -> number.text();
            default -> DoubleText.of(Double.parseDouble(number.text()));
        };
    }

    private void string(String text) {
        out.append('"');
        text.chars().forEach(this::character);
        out.append('"');
    }

    private void character(int unit) {
        switch (unit) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (unit < ' ' || unit >= 0x7F) {
                    out.append(String.format("\\u%04X", unit));
                } else {
                    out.append((char) unit);
                }
            }
        }
    }
}
