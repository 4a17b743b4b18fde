package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what a {@link MemberSpec#path()} points at in a value. */
final class MemberPath {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]<>]+)|\\[(?:([^=\\[\\]]+)=([^=\\[\\]]+))?]");

    private final List<Step> steps;

    private MemberPath(List<Step> steps) {
        this.steps = steps;
    }

    /** A value with its path in the message. */
    record Place(String path, Json value) {}

    private interface Step {
        Stream<Place> from(Place place);
    }

    static boolean isWellFormed(String path) {
        return !path.isEmpty()
                && !path.startsWith(".")
                && STEP.matcher(path).replaceAll("").isEmpty();
    }

    static MemberPath of(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(step(path, matcher));
        }
        return new MemberPath(steps);
    }

    /** The last name in a path. */
    static String leaf(String path) {
        return path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(']')) + 1);
    }

    /** The values it points at, each with its place; none where something on the way is absent or of another kind. */
    Stream<Place> find(Place root) {
        return walk(root, steps.size());
    }

    /** The objects that hold, or ought to hold, what it points at. */
    Stream<Place> holders(Place root) {
        return walk(root, steps.size() - 1).filter(place -> place.value() instanceof Json.Obj);
    }

    private Stream<Place> walk(Place root, int count) {
        Stream<Place> places = Stream.of(root);
        for (Step step : steps.subList(0, count)) {
            places = places.flatMap(step::from);
        }
        return places;
    }

    private static Step step(String path, Matcher at) {
        if (at.start(1) >= 0) {
            String name = path.substring(at.start(1), at.end(1));
            return place -> member(place, name);
        }
        if (at.start(2) < 0) {
            return MemberPath::elements;
        }
        String key = path.substring(at.start(2), at.end(2));
        String word = path.substring(at.start(3), at.end(3));
        return place -> elements(place).filter(each -> has(each.value(), key, word));
    }

    private static Stream<Place> member(Place place, String name) {
        return place.value() instanceof Json.Obj object
                ? object.get(name).map(value -> new Place(JsonPath.child(place.path(), name), value)).stream()
                : Stream.empty();
    }

    private static Stream<Place> elements(Place place) {
        return place.value() instanceof Json.Arr array
                ? IntStream.range(0, array.elements().size())
                        .mapToObj(i -> new Place(
                                JsonPath.element(place.path(), i),
                                array.elements().get(i)))
                : Stream.empty();
    }

    private static boolean has(Json value, String key, String word) {
        return value instanceof Json.Obj object
                && object.text(key).filter(word::equals).isPresent();
    }
}
