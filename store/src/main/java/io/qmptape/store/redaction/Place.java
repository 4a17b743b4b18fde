package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value in a message, and how one gets there. Its path is put together when somebody asks for it: few do. */
final class Place {
    private final Json value;
    private final @Nullable Place holder;
    private final String name;
    private final int index;

    private Place(Json value, @Nullable Place holder, String name, int index) {
        this.value = value;
        this.holder = holder;
        this.name = name;
        this.index = index;
    }

    static Place root(Json message) {
        return new Place(message, null, "", 0);
    }

    Place member(Json.Member member) {
        return new Place(member.value(), this, member.name(), 0);
    }

    Place element(Json.Arr array, int at) {
        return new Place(array.elements().get(at), this, "", at);
    }

    Json value() {
        return value;
    }

    /** As {@code $.arguments.keys[0].data}. */
    String path() {
        if (holder == null) {
            return JsonPath.ROOT;
        }
        return holder.value instanceof Json.Arr
                ? JsonPath.element(holder.path(), index)
                : JsonPath.child(holder.path(), name);
    }

    /** The nearest object that holds it. */
    Optional<Json.Obj> object() {
        for (Place at = holder; at != null; at = at.holder) {
            if (at.value instanceof Json.Obj object) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }
}
