package io.qmptape.analyzer.query;

import java.util.Collections;
import java.util.List;

/**
 * What a term of a query comes down to: one look at the terms, words or numbers of a field. An index and the live
 * evaluation of one message both do these five and nothing else, so they cannot disagree.
 */
public sealed interface Lookup {
    QueryField field();

    boolean isIn(QueriedMessage message);

    <R> R accept(Cases<R> cases);

    /** One case for each kind of look-up. */
    interface Cases<R> {
        R exact(Exact lookup);

        R matching(Matching lookup);

        R between(Between lookup);

        R number(Number lookup);

        R phrase(Phrase lookup);
    }

    /** A field holds this term. */
    record Exact(QueryField field, String term) implements Lookup {
        @Override
        public boolean isIn(QueriedMessage message) {
            return message.terms(field).contains(term);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.exact(this);
        }
    }

    /** A field holds a term, or a word, that fits. */
    record Matching(QueryField field, Glob glob) implements Lookup {
        @Override
        public boolean isIn(QueriedMessage message) {
            return message.terms(field).stream().anyMatch(glob::matches)
                    || message.words(field).stream().anyMatch(word -> !word.isEmpty() && glob.matches(word));
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.matching(this);
        }
    }

    /** A field holds a term from {@code low} to {@code high}, both included, in the order of their characters. */
    record Between(QueryField field, String low, String high) implements Lookup {
        @Override
        public boolean isIn(QueriedMessage message) {
            return message.terms(field).stream()
                    .anyMatch(term -> term.compareTo(low) >= 0 && term.compareTo(high) <= 0);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.between(this);
        }
    }

    /** The number of a field is from {@code low} to {@code high}, both included. */
    record Number(QueryField field, long low, long high) implements Lookup {
        @Override
        public boolean isIn(QueriedMessage message) {
            return message.number(field).stream().anyMatch(number -> number >= low && number <= high);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.number(this);
        }
    }

    /** The words stand in the field one after the other. */
    record Phrase(QueryField field, List<String> words) implements Lookup {
        public Phrase {
            words = List.copyOf(words);
        }

        @Override
        public boolean isIn(QueriedMessage message) {
            return Collections.indexOfSubList(message.words(field), words) >= 0;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.phrase(this);
        }
    }
}
