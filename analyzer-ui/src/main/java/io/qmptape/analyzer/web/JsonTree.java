package io.qmptape.analyzer.web;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one value into nodes, within the bounds of {@link Limits}: what does not fit is counted and left to be asked for. */
final class JsonTree {
    private final List<Masked> masked;
    private int room = Limits.MAX_TREE_NODES;

    private JsonTree(List<Masked> masked) {
        this.masked = masked;
    }

    static TreeNode of(Json json, List<Masked> masked) {
        return new JsonTree(masked).node(null, json, 0, 0);
    }

    /**
     * One value inside another, with its children from {@code offset}.
     *
     * @param path indexes of children, from the top
     * @throws Refusal if there is no such value
     */
    static TreeNode part(Json json, List<Masked> masked, List<Integer> path, int offset) {
        Json value = json;
        @Nullable String key = null;
        for (int index : path) {
            if (index < 0 || index >= size(value)) {
                throw Refusal.notFound("The message has no value at this place.");
            }
            key = value instanceof Json.Obj object ? object.members().get(index).name() : null;
            value = child(value, index);
        }
        return new JsonTree(masked).node(key, value, 0, offset);
    }

    private TreeNode node(@Nullable String key, Json json, int depth, int offset) {
        room--;
        if (json instanceof Json.Obj || json instanceof Json.Arr) {
            return container(key, json, depth, offset);
        }
        @Nullable String secret = secret(json.span());
        if (json instanceof Json.Str text && text.value().length() > Limits.MAX_STRING_LENGTH) {
            return TreeNode.cutText(key, start(text.value()), text.value().length(), secret);
        }
        return TreeNode.leaf(json.type(), key, text(json), secret);
    }

    private TreeNode container(@Nullable String key, Json json, int depth, int offset) {
        int size = size(json);
        if (depth >= Limits.MAX_TREE_DEPTH) {
            return new TreeNode(json.type(), key, null, size, null, null, null);
        }
        List<TreeNode> children = new ArrayList<>();
        for (int i = offset; i < size && children.size() < Limits.MAX_TREE_CHILDREN && room > 0; i++) {
            @Nullable String name =
                    json instanceof Json.Obj object ? object.members().get(i).name() : null;
            children.add(node(name, child(json, i), depth + 1, 0));
        }
        return new TreeNode(json.type(), key, null, size, offset, children, null);
    }

    private @Nullable String secret(Span span) {
        return masked.stream()
                .filter(one -> one.span().start() < span.end()
                        && span.start() < one.span().end())
                .map(Masked::type)
                .findFirst()
                .orElse(null);
    }

    private static int size(Json json) {
        if (json instanceof Json.Obj object) {
            return object.members().size();
        }
        return json instanceof Json.Arr array ? array.elements().size() : 0;
    }

    private static Json child(Json json, int index) {
        return json instanceof Json.Obj object
                ? object.members().get(index).value()
                : ((Json.Arr) json).elements().get(index);
    }

    private static String text(Json json) {
        if (json instanceof Json.Str text) {
            return text.value();
        }
        if (json instanceof Json.Num number) {
            return number.text();
        }
        return json instanceof Json.Bool bool ? Boolean.toString(bool.value()) : "null";
    }

    /** Never ends within a surrogate pair. */
    private static String start(String text) {
        int end = Limits.MAX_STRING_LENGTH;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
