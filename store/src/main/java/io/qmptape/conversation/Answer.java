package io.qmptape.conversation;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reply taken apart. Two answers with the same state differ in nothing but moving values, of which they have the same
 * ones in the same order. Numbers move: they count and measure. Strings, booleans, what is there at all and how many
 * elements an array has are state, but for the few members that are known to flicker.
 *
 * @param state equal for equal states: members sorted, each text with its length, so that none can pass for structure
 */
record Answer(String state, List<Leaf> moving) {
    /** Members that tell of the very moment they are asked for and nothing more, by command. */
    private static final Map<String, Set<String>> FLICKERING =
            Map.of("query-block-jobs", Set.of("busy"), "query-cpus", Set.of("halted"));

    private static final String ID = "id";

    /** A value that may move. */
    record Leaf(MemberPath path, Json value) {
        /** In the sender's spelling. */
        String text() {
            return value instanceof Json.Num number ? number.text() : String.valueOf(((Json.Bool) value).value());
        }
    }

    static Answer of(String command, Message.Success reply) {
        Reading reading =
                new Reading(FLICKERING.getOrDefault(command, Set.of()), new StringBuilder(), new ArrayList<>());
        for (Json.Member member : reading.sorted(reply.json())) {
            if (!member.name().equals(ID)) {
                reading.member(member, MemberPath.ROOT);
            }
        }
        return new Answer(reading.state.toString(), reading.moving);
    }

    private record Reading(Set<String> flickering, StringBuilder state, List<Leaf> moving) {
        List<Json.Member> sorted(Json.Obj object) {
            return object.members().stream()
                    .sorted(Comparator.comparing(Json.Member::name))
                    .toList();
        }

        void member(Json.Member member, MemberPath parent) {
            MemberPath path = parent.member(member.name());
            sized(member.name());
            if (flickering.contains(member.name()) && member.value() instanceof Json.Bool) {
                moves(path, member.value());
            } else {
                value(member.value(), path);
            }
        }

        void value(Json value, MemberPath path) {
            if (value instanceof Json.Obj object) {
                state.append('{');
                for (Json.Member member : sorted(object)) {
                    member(member, path);
                }
                state.append('}');
            } else if (value instanceof Json.Arr array) {
                elements(array, path);
            } else if (value instanceof Json.Num) {
                moves(path, value);
            } else if (value instanceof Json.Str string) {
                state.append('"');
                sized(string.value());
            } else {
                state.append(value instanceof Json.Bool bool ? bool.value() ? 't' : 'f' : '0');
            }
        }

        private void elements(Json.Arr array, MemberPath path) {
            state.append('[');
            int index = 0;
            for (Json element : array.elements()) {
                value(element, path.element(index++));
            }
            state.append(']');
        }

        private void moves(MemberPath path, Json value) {
            state.append('~');
            moving.add(new Leaf(path, value));
        }

        private void sized(String text) {
            state.append(text.length()).append(':').append(text);
        }
    }
}
