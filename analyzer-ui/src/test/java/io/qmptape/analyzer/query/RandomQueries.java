package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.Match.Bound;
import io.qmptape.analyzer.query.Match.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Random trees of the shape that the parser makes. */
public final class RandomQueries {
    private static final List<String> VALUES = List.of(
            "query-status",
            "drive0",
            "a b",
            "/x/y:z",
            "AND",
            "-x",
            ">5",
            "1..2",
            "a\"b\\c",
            "ü",
            "(",
            "*?",
            "running",
            "b");
    private static final List<String> GLOBS = List.of("*", "query-*", "dr?ve0", "*a*", "/x/*:z", "?", "r*g");
    private static final List<String> PATHS = List.of("a", "b", "device", "file.node-name", "*", "f*.n?", "speed");
    private static final List<QueryField> TEXTS =
            List.of(QueryField.COMMAND, QueryField.EVENT, QueryField.ERROR_CLASS, QueryField.MACHINE, QueryField.ID);

    private final Random random;

    public RandomQueries(Random random) {
        this.random = random;
    }

    public Query query() {
        return random.nextInt(50) == 0 ? new Query.All() : query(3);
    }

    private Query query(int depth) {
        int choice = depth == 0 ? 9 : random.nextInt(10);
        if (choice == 0) {
            Query inner = query(depth - 1);
            return inner instanceof Query.Not ? inner : new Query.Not(inner);
        } else if (choice < 3) {
            return new Query.And(several(depth));
        }
        return choice < 5 ? new Query.Or(several(depth)) : term();
    }

    private List<Query> several(int depth) {
        return Stream.generate(() -> query(depth - 1))
                .limit(2 + random.nextInt(3))
                .toList();
    }

    private Query term() {
        return switch (random.nextInt(7)) {
            case 0 -> new Query.Term(QueryField.KIND, "", new Match.Literal(one(List.of("command", "event", "noise"))));
            case 1 -> new Query.Term(QueryField.SEQUENCE, "", range(BigDecimal.ONE));
            case 2 -> new Query.Term(QueryField.LATENCY, "", range(new BigDecimal("1000")));
            case 3 -> member(one(List.of(QueryField.ARGUMENT, QueryField.RETURN, QueryField.DATA)));
            case 4 -> new Query.Term(one(TEXTS), "", text());
            case 5 -> new Query.Term(QueryField.HAS, "", new Match.Literal(one(List.of("oob", "id", "latency"))));
            default -> words(one(List.of(QueryField.TEXT, QueryField.ERROR_DESCRIPTION)));
        };
    }

    private Query words(QueryField field) {
        Match match = text();
        boolean hasWords = !(match instanceof Match.Literal literal)
                || !Words.of(literal.text()).isEmpty();
        return new Query.Term(field, "", hasWords ? match : new Match.Literal("drive0"));
    }

    private Query member(QueryField field) {
        return switch (random.nextInt(3)) {
            case 0 -> new Query.Term(field, one(PATHS), new Match.Present());
            case 1 -> new Query.Term(field, one(List.of("a", "speed", "file.size")), range(BigDecimal.ONE));
            default -> new Query.Term(field, one(PATHS), text());
        };
    }

    private Match text() {
        return random.nextBoolean() ? new Match.Literal(one(VALUES)) : new Match.Pattern(one(GLOBS));
    }

    private Match range(BigDecimal unit) {
        Optional<Bound> from = Optional.of(bound(unit, true));
        Optional<Bound> to = Optional.of(bound(unit, true));
        return switch (random.nextInt(3)) {
            case 0 -> new Range(from, to);
            case 1 -> new Range(Optional.of(bound(unit, random.nextBoolean())), Optional.empty());
            default -> new Range(Optional.empty(), Optional.of(bound(unit, random.nextBoolean())));
        };
    }

    private Bound bound(BigDecimal unit, boolean isIncluded) {
        BigDecimal value = BigDecimal.valueOf(random.nextInt(400), random.nextInt(3));
        return new Bound(value.multiply(unit).multiply(unit), isIncluded);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
