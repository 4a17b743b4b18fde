package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import java.util.List;
import java.util.Map;

/**
 * What else must hold for a rule, as {@code if arguments.device=vnc}.
 *
 * @param isBeside whether it looks at the object that holds the masked value, and not from the root of the message
 * @param isWanted whether a match lets the rule mask, or keeps it from that
 */
record MaskCondition(List<String> names, NamePattern pattern, boolean isBeside, boolean isWanted) {
    MaskCondition {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException if it is none */
    static MaskCondition of(String text, boolean isWanted, Map<String, String> known) {
        int equals = text.indexOf('=');
        boolean isBeside = text.startsWith(".");
        String place = equals < 0 ? "" : text.substring(isBeside ? 1 : 0, equals);
        if (place.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no condition: write PLACE=PATTERN, as arguments.device=vnc");
        }
        NamePattern pattern = NamePattern.of(text.substring(equals + 1), known);
        return new MaskCondition(List.of(place.split("\\.", -1)), pattern, isBeside, isWanted);
    }

    /** Arrays are passed through: one fitting element is enough. */
    boolean holdsIn(Json root) {
        return isMatched(root, 0) == isWanted;
    }

    private boolean isMatched(Json at, int step) {
        if (at instanceof Json.Arr array) {
            return array.elements().stream().anyMatch(element -> isMatched(element, step));
        } else if (step == names.size()) {
            return pattern.matches(SecretValue.of(at).strip());
        }
        return at instanceof Json.Obj object
                && object.get(names.get(step))
                        .map(value -> isMatched(value, step + 1))
                        .orElse(false);
    }
}
