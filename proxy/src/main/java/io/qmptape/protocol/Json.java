package io.qmptape.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as it stood on the wire, with its place in the bytes it was read from. Numbers keep their text, objects
 * the order of their members. {@link #sameAs} compares values and ignores places, spelling and member order.
 */
public sealed interface Json {
    Span span();

    /** The JSON word for the type: object, array, string, number, boolean, null. */
    String type();

    boolean sameAs(Json other);

    /** An object; names are distinct (the reader refuses duplicates, as QEMU does since 4.0). */
    record Obj(Span span, List<Member> members) implements Json {
        public Obj {
            members = List.copyOf(members);
        }

        public Optional<Json> get(String name) {
            for (Member member : members) {
                if (member.name().equals(name)) {
                    return Optional.of(member.value());
                }
            }
            return Optional.empty();
        }

        /** The value of a string member, if there is one of that name and it is a string. */
        public Optional<String> text(String name) {
            return get(name).filter(Str.class::isInstance).map(value -> ((Str) value).value());
        }

        @Override
        public String type() {
            return "object";
        }

        @Override
        public boolean sameAs(Json other) {
            if (!(other instanceof Obj that) || members.size() != that.members.size()) {
                return false;
            }
            Map<String, Json> others = new HashMap<>();
            that.members.forEach(member -> others.put(member.name(), member.value()));
            // No stream: a thousand nested objects must not take more stack than reading them does.
            for (Member member : members) {
                Json value = others.get(member.name());
                if (value == null || !member.value().sameAs(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Member(Span nameSpan, String name, Json value) {}

    record Arr(Span span, List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }

        @Override
        public String type() {
            return "array";
        }

        @Override
        public boolean sameAs(Json other) {
            if (!(other instanceof Arr that) || elements.size() != that.elements.size()) {
                return false;
            }
            for (int i = 0; i < elements.size(); i++) {
                if (!elements.get(i).sameAs(that.elements.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    record Str(Span span, String value) implements Json {
        @Override
        public String type() {
            return "string";
        }

        @Override
        public boolean sameAs(Json other) {
            return other instanceof Str that && value.equals(that.value);
        }
    }

    /** A number in the spelling of its sender; {@code inf} and {@code nan} stand here too when a server sent them. */
    record Num(Span span, String text) implements Json {
        @Override
        public String type() {
            return "number";
        }

        /** Whether QEMU takes it where it wants an integer: no point, no exponent, within 64 bits. */
        public boolean isInteger() {
            return Numbers.isInteger(text);
        }

        @Override
        public boolean sameAs(Json other) {
            return other instanceof Num that && Numbers.same(text, that.text);
        }
    }

    record Bool(Span span, boolean value) implements Json {
        @Override
        public String type() {
            return "boolean";
        }

        @Override
        public boolean sameAs(Json other) {
            return other instanceof Bool that && value == that.value;
        }
    }

    record Null(Span span) implements Json {
        @Override
        public String type() {
            return "null";
        }

        @Override
        public boolean sameAs(Json other) {
            return other instanceof Null;
        }
    }
}
