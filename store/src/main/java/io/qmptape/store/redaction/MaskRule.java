package io.qmptape.store.redaction;

import io.qmptape.protocol.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One rule about what is masked; {@code mask.rules} describes its text.
 *
 * @param who the commands or events it is for
 */
record MaskRule(NamePattern who, MaskPath path, MaskHow how, List<MaskCondition> conditions) {
    /** Blanks may stand between double quotes. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    MaskRule {
        conditions = List.copyOf(conditions);
    }

    /** @throws IllegalArgumentException with what is wrong, if the text is no rule */
    static MaskRule of(String text, Map<String, String> names) {
        String[] words = WORD.matcher(text)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toArray(String[]::new);
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no rule: write COMMAND PATH, as: x-login arguments.pin");
        }
        NamePattern who = NamePattern.of(words[0], names);
        MaskRule rule = new MaskRule(who, MaskPath.of(words[1], names), MaskHow.WHOLE, List.of());
        for (int i = 2; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException("'" + words[i] + "' stands at the end of a rule");
            }
            rule = rule.with(words[i], words[i + 1], names);
        }
        return rule;
    }

    private MaskRule with(String word, String value, Map<String, String> names) {
        return switch (word) {
            case "as" -> new MaskRule(who, path, MaskHow.named(value), conditions);
            case "if" -> with(MaskCondition.of(value, true, names));
            case "unless" -> with(MaskCondition.of(value, false, names));
            default -> throw new IllegalArgumentException("'" + word + "' is none of as, if, unless");
        };
    }

    private MaskRule with(MaskCondition condition) {
        List<MaskCondition> more =
                Stream.concat(conditions.stream(), Stream.of(condition)).toList();
        return new MaskRule(who, path, how, more);
    }

    MessagePart part() {
        return path.part();
    }

    boolean isFor(String command) {
        return who.matches(command);
    }

    /** @param asked what the conditions look at: the message itself, or the command that it answers */
    boolean mayApply(Json asked) {
        for (MaskCondition condition : conditions) {
            if (!condition.isBeside() && !condition.holdsIn(asked)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it applies whatever else the message, or the command before it, says. */
    boolean asksNothing() {
        return conditions.stream().allMatch(MaskCondition::isBeside);
    }

    void find(Json message, Consumer<Place> found) {
        path.in(message, place -> {
            if (isMeant(place)) {
                found.accept(place);
            }
        });
    }

    private boolean isMeant(Place place) {
        for (MaskCondition condition : conditions) {
            if (condition.isBeside() && !place.object().map(condition::holdsIn).orElse(false)) {
                return false;
            }
        }
        return true;
    }

    /** Names whose values it masks whatever else holds: all there is to go by where a message is broken. */
    Optional<NamePattern> namesInNoise() {
        boolean isPlain = part() == MessagePart.REQUEST
                && how == MaskHow.WHOLE
                && conditions.stream().allMatch(MaskCondition::isWanted);
        return isPlain ? path.lastNames() : Optional.empty();
    }
}
