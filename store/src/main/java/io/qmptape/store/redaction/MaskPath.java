package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The places that a rule means, as {@code arguments.**.cookie}: names from the root of a message, through all arrays. */
final class MaskPath {
    private static final String ANY_DEPTH = "**";
    private static final String ID = "id";

    private final MessagePart part;
    /** An empty step is any depth. */
    private final List<Optional<NamePattern>> steps;

    private MaskPath(MessagePart part, List<Optional<NamePattern>> steps) {
        this.part = part;
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException if it is none */
    static MaskPath of(String text, Map<String, String> names) {
        String[] words = text.replaceFirst("^\\$\\.", "").split("\\.", -1);
        List<Optional<NamePattern>> steps = new ArrayList<>();
        boolean isDeep = false;
        for (String word : words) {
            String name = word.replaceFirst("\\[\\*?]$", "");
            boolean wasDeep = isDeep;
            isDeep = name.equals(ANY_DEPTH);
            if (isDeep && wasDeep) {
                throw new IllegalArgumentException("'" + text + "' says ** twice in a row: once is any depth");
            }
            steps.add(isDeep ? Optional.empty() : Optional.of(NamePattern.of(name, names)));
        }
        return new MaskPath(MessagePart.named(words[0]), steps);
    }

    MessagePart part() {
        return part;
    }

    /** The names it ends on, if it says which they are. */
    Optional<NamePattern> lastNames() {
        return steps.get(steps.size() - 1).filter(NamePattern::hasNames);
    }

    /** All places in a message. An id is found by paths that begin so alone: it must stay equal in command and reply. */
    void in(Json message, Consumer<Place> found) {
        Place root = Place.root(message);
        if (message instanceof Json.Obj object) {
            for (Json.Member member : object.members()) {
                if (member.name().equals(ID) == (part == MessagePart.ID)) {
                    enter(root.member(member), member.name(), 0, found);
                }
            }
        } else {
            walk(root, 0, found);
        }
    }

    private void walk(Place at, int step, Consumer<Place> found) {
        if (step == steps.size()) {
            found.accept(at);
        } else if (at.value() instanceof Json.Obj object) {
            for (Json.Member member : object.members()) {
                enter(at.member(member), member.name(), step, found);
            }
        } else if (at.value() instanceof Json.Arr array) {
            for (int i = 0; i < array.elements().size(); i++) {
                walk(at.element(array, i), step, found);
            }
        } else if (isDepth(step) && step + 1 == steps.size()) {
            found.accept(at);
        }
    }

    private void enter(Place place, String name, int step, Consumer<Place> found) {
        if (!isDepth(step)) {
            if (isNamed(step, name)) {
                walk(place, step + 1, found);
            }
            return;
        }
        if (step + 1 < steps.size() && isNamed(step + 1, name)) {
            walk(place, step + 2, found);
        }
        walk(place, step, found);
    }

    private boolean isDepth(int step) {
        return steps.get(step).isEmpty();
    }

    private boolean isNamed(int step, String name) {
        Optional<NamePattern> pattern = steps.get(step);
        return pattern.isPresent() && pattern.get().matchesName(name);
    }
}
