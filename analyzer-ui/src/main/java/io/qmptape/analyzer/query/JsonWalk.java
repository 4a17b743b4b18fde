package io.qmptape.analyzer.query;

import io.qmptape.protocol.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Goes through a value, its members and elements, in their order, without recursion. Paths join members with dots;
 * elements of an array have the array's path. Paths are in lower case, and stop growing at {@value #MAX_PATH_CHARACTERS} characters.
 */
final class JsonWalk {
    static final int MAX_PATH_CHARACTERS = Words.MAX_VALUE_CHARACTERS;

    private final Deque<Iterator<Step>> open = new ArrayDeque<>();
    private Step current;

    private record Step(String path, String name, Json value) {}

    JsonWalk(Json root) {
        current = new Step("", "", root);
        open.push(List.of(current).iterator());
    }

    /** Moves to the next value; the first is the root. */
    boolean moves() {
        while (!open.isEmpty()) {
            if (open.peek().hasNext()) {
                current = open.peek().next();
                descend();
                return true;
            }
            open.pop();
        }
        return false;
    }

    Json value() {
        return current.value();
    }

    String path() {
        return current.path();
    }

    /** The member's name; empty for the root and for elements. */
    String name() {
        return current.name();
    }

    private void descend() {
        String path = current.path();
        if (current.value() instanceof Json.Obj object) {
            open.push(object.members().stream()
                    .map(member -> new Step(join(path, member.name()), member.name(), member.value()))
                    .iterator());
        } else if (current.value() instanceof Json.Arr array) {
            open.push(array.elements().stream()
                    .map(element -> new Step(path, "", element))
                    .iterator());
        }
    }

    private static String join(String path, String name) {
        String folded = Words.folded(name);
        return Words.folded(path.isEmpty() ? folded : path + "." + folded);
    }
}
