package io.qmptape.analyzer.diff;

import io.qmptape.protocol.Json;

/** Prints the beginning of a value as JSON in one line, at most {@value #MAX_CHARACTERS} characters. */
final class JsonText {
    static final int MAX_CHARACTERS = 200;
    private static final String ELLIPSIS = "…";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Json value) {
        JsonText printed = new JsonText();
        printed.write(value);
        if (!printed.isFull()) {
            return printed.text.toString();
        }
        int end = MAX_CHARACTERS - ELLIPSIS.length();
        boolean isInPair = Character.isHighSurrogate(printed.text.charAt(end - 1));
        return printed.text.substring(0, isInPair ? end - 1 : end) + ELLIPSIS;
    }

    private boolean isFull() {
        return text.length() > MAX_CHARACTERS;
    }

    /** Each level of nesting prints a bracket, so the limit bounds recursion as well. */
    private void write(Json value) {
        if (isFull()) {
            return;
        }
        if (value instanceof Json.Obj object) {
            members(object);
        } else if (value instanceof Json.Arr array) {
            elements(array);
        } else if (value instanceof Json.Str string) {
            quoted(string.value());
        } else if (value instanceof Json.Num number) {
            text.append(number.text(), 0, Math.min(number.text().length(), MAX_CHARACTERS + 1));
        } else {
            text.append(value instanceof Json.Bool bool ? Boolean.toString(bool.value()) : "null");
        }
    }

    private void members(Json.Obj object) {
        String before = "{";
        for (Json.Member member : object.members()) {
            text.append(before);
            quoted(member.name());
            text.append(": ");
            write(member.value());
            before = ", ";
            if (isFull()) {
                return;
            }
        }
        text.append(object.members().isEmpty() ? "{}" : "}");
    }

    private void elements(Json.Arr array) {
        String before = "[";
        for (Json element : array.elements()) {
            text.append(before);
            write(element);
            before = ", ";
            if (isFull()) {
                return;
            }
        }
        text.append(array.elements().isEmpty() ? "[]" : "]");
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length() && !isFull(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
