package io.qmptape.analyzer.query;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A query as a tree: what {@link #parse} reads, what an index translates ({@link #accept}) and what one message can be
 * held against without an index ({@link #matches}). Immutable.
 */
public sealed interface Query {
    int MAX_CHARACTERS = 4096;
    int MAX_TERMS = 256;

    /**
     * Reads what a person typed.
     *
     * @throws QuerySyntaxException if it cannot be read, or is longer than {@value #MAX_CHARACTERS} characters or {@value #MAX_TERMS} terms
     */
    static Query parse(String text) {
        return new QueryParser(text).parse();
    }

    boolean matches(QueriedMessage message);

    <R> R accept(Cases<R> cases);

    /** The query as text; {@link #parse} reads it to an equal tree. */
    String text();

    /** One case for each kind of node. */
    interface Cases<R> {
        R all();

        R and(List<Query> queries);

        R or(List<Query> queries);

        R not(Query query);

        R term(Lookup lookup);
    }

    /** The empty query. */
    record All() implements Query {
        @Override
        public boolean matches(QueriedMessage message) {
            return true;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.all();
        }

        @Override
        public String text() {
            return "";
        }
    }

    record And(List<Query> queries) implements Query {
        public And {
            queries = List.copyOf(queries);
        }

        @Override
        public boolean matches(QueriedMessage message) {
            return queries.stream().allMatch(query -> query.matches(message));
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.and(queries);
        }

        @Override
        public String text() {
            return queries.stream()
                    .map(query -> query instanceof And || query instanceof Or ? "(" + query.text() + ")" : query.text())
                    .collect(Collectors.joining(" "));
        }
    }

    record Or(List<Query> queries) implements Query {
        public Or {
            queries = List.copyOf(queries);
        }

        @Override
        public boolean matches(QueriedMessage message) {
            return queries.stream().anyMatch(query -> query.matches(message));
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.or(queries);
        }

        @Override
        public String text() {
            return queries.stream()
                    .map(query -> query instanceof Or ? "(" + query.text() + ")" : query.text())
                    .collect(Collectors.joining(" OR "));
        }
    }

    record Not(Query query) implements Query {
        @Override
        public boolean matches(QueriedMessage message) {
            return !query.matches(message);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.not(query);
        }

        @Override
        public String text() {
            return query instanceof Term ? "-" + query.text() : "-(" + query.text() + ")";
        }
    }

    /**
     * What one field must hold.
     *
     * @param path of the member, for {@code arg return data}, with dots and wildcards; else empty
     */
    record Term(QueryField field, String path, Match match) implements Query {
        @Override
        public boolean matches(QueriedMessage message) {
            return lookup().isIn(message);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.term(lookup());
        }

        @Override
        public String text() {
            return TermText.of(this);
        }

        Lookup lookup() {
            return Lookups.of(this);
        }
    }
}
