package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.store.foreign.Lines.Line;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** A line that is a JSON object, of formats that are nothing else. */
record JsonLine(Line line, Json.Obj members) {

    /** What is to be done with each of them. */
    @FunctionalInterface
    interface Sink {
        void accept(JsonLine line) throws IOException;
    }

    /** Hands on all lines that are objects, and tells of those that are none. */
    static void each(Lines lines, ForeignSessions sessions, Sink sink) throws IOException {
        lines.each(line -> {
            // what a server may say, a message of either side may hold
            Optional<Json> json =
                    line.isCut() ? Optional.empty() : JsonReader.read(line.bytes(), Direction.SERVER_TO_CLIENT);
            if (json.isPresent() && json.get() instanceof Json.Obj members) {
                sink.accept(new JsonLine(line, members));
            } else if (!line.isBlank()) {
                sessions.misunderstood(line, "it is no JSON object");
            }
        });
    }

    boolean has(String name) {
        return members.get(name).isPresent();
    }

    Optional<String> text(String name) {
        return members.text(name);
    }

    /** As it is spelled. */
    Optional<String> number(String name) {
        return members.get(name).filter(Json.Num.class::isInstance).map(value -> ((Json.Num) value).text());
    }

    OptionalLong whole(String name) {
        try {
            Optional<String> spelled = number(name);
            return spelled.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(spelled.get()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    Optional<Bytes> base64(String name) {
        try {
            return text(name).map(text -> Bytes.lend(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a member, as they stand in the line. */
    Optional<Bytes> spelled(String name) {
        return members.get(name).map(value -> line.bytes().slice(value.span()));
    }
}
