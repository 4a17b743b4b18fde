package io.qmptape.store.transcript;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.TapeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The members of one line, with errors that name file and line. */
final class Fields {
    private final Json.Obj members;
    private final String place;

    /** @param place as {@code boot.qmp.jsonl:12} */
    Fields(Json.Obj members, String place) {
        this.members = members;
        this.place = place;
    }

    boolean has(String name) {
        return members.get(name).isPresent();
    }

    String text(String name) {
        return members.text(name).orElseThrow(() -> fault("'" + name + "' is missing or no string"));
    }

    String textOr(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long number(String name) {
        return optionalNumber(name).orElseThrow(() -> fault("'" + name + "' is missing"));
    }

    OptionalLong optionalNumber(String name) {
        Optional<Json> value = members.get(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(value.get(), name));
    }

    long number(Json value, String name) {
        if (value instanceof Json.Num number && number.isInteger()) {
            try {
                return Long.parseLong(number.text());
            } catch (NumberFormatException e) {
                throw fault("'" + name + "' is too large", e);
            }
        }
        throw fault("'" + name + "' is no whole number");
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw fault("'" + name + "' is no time as 2026-11-22T10:00:00Z", e);
        }
    }

    UUID uuid(String name) {
        try {
            return UUID.fromString(text(name));
        } catch (IllegalArgumentException e) {
            throw fault("'" + name + "' is no UUID", e);
        }
    }

    <E extends Enum<E>> E word(String name, E[] values) {
        return word(text(name), name, values);
    }

    <E extends Enum<E>> E word(String word, String name, E[] values) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw fault("'" + name + "' cannot be '" + word + "'");
    }

    Fields object(String name) {
        return members.get(name)
                .filter(Json.Obj.class::isInstance)
                .map(value -> new Fields((Json.Obj) value, place))
                .orElseThrow(() -> fault("'" + name + "' is missing or no object"));
    }

    /** The elements of an array; none if the member is missing. */
    List<Json> elements(String name) {
        Optional<Json> value = members.get(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Json.Arr array) {
            return array.elements();
        }
        throw fault("'" + name + "' is no array");
    }

    List<Fields> objects(String name) {
        return elements(name).stream()
                .map(value -> {
                    if (value instanceof Json.Obj object) {
                        return new Fields(object, place);
                    }
                    throw fault("'" + name + "' holds something that is no object");
                })
                .toList();
    }

    Optional<Span> spanOf(String name) {
        return members.get(name).map(Json::span);
    }

    TapeException fault(String what) {
        return new TapeException(place + ": " + what);
    }

    TapeException fault(String what, Exception cause) {
        return new TapeException(place + ": " + what, cause);
    }
}
