package io.qmptape.analyzer.diff;

import io.qmptape.protocol.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The member by which the elements of two arrays are told apart, so that an element is compared with its own kind wherever it stands. */
final class ArrayKey {
    private static final List<String> NAMES = List.of("id", "node-name", "device", "qdev", "name", "label", "qom-path");

    private final String name;
    private final Place place;
    private final RunRules rules;

    private ArrayKey(String name, Place place, RunRules rules) {
        this.name = name;
        this.place = place.element("").member(name);
        this.rules = rules;
    }

    /** A member that all elements of both arrays have, with a different value in each array's elements. */
    static Optional<ArrayKey> of(Json.Arr a, Json.Arr b, Place place, RunRules rules) {
        return NAMES.stream()
                .map(name -> new ArrayKey(name, place, rules))
                .filter(key -> key.index(a).isPresent() && key.index(b).isPresent())
                .findFirst();
    }

    /** The elements by label, in their order; empty if this is no key of theirs. */
    Optional<Map<String, Json>> index(Json.Arr array) {
        Map<String, Json> byLabel = new LinkedHashMap<>();
        for (Json element : array.elements()) {
            Optional<String> label =
                    element instanceof Json.Obj object ? object.get(name).flatMap(this::label) : Optional.empty();
            if (label.isEmpty() || byLabel.put(label.get(), element) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(byLabel);
    }

    private Optional<String> label(Json value) {
        if (rules.standIn(place.rule(), value).isPresent()) {
            return Optional.empty();
        }
        if (value instanceof Json.Str string) {
            return string.value().isEmpty() ? Optional.empty() : Optional.of(name + "=" + string.value());
        }
        return value instanceof Json.Num number ? Optional.of(name + "=" + number.text()) : Optional.empty();
    }
}
