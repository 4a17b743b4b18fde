package io.qmptape.analyzer.query;

import io.qmptape.analyzer.query.TermReader.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a query by recursive descent. An instance is used once.
 *
 * <pre>
 * or      := and ("OR" and)*
 * and     := not ("AND"? not)*
 * not     := ("NOT" | "-")* primary
 * primary := "(" or ")" | field ":" value | value
 * </pre>
 */
final class QueryParser {
    private static final int MAX_DEPTH = 64;
    private static final String MISSING = "something to search for is missing here";

    private final QueryText text;
    private int terms;
    private int depth;

    QueryParser(String text) {
        this.text = new QueryText(text);
    }

    Query parse() {
        if (text.length() > Query.MAX_CHARACTERS) {
            throw new QuerySyntaxException(
                    "a query has at most " + Query.MAX_CHARACTERS + " characters, this one " + text.length(),
                    Query.MAX_CHARACTERS,
                    text.length() - Query.MAX_CHARACTERS);
        }
        text.skipBlanks();
        if (text.isAtEnd()) {
            return new Query.All();
        }
        Query query = or();
        if (!text.isAtEnd()) {
            throw new QuerySyntaxException("there is no ( for this )", text.position(), 1);
        }
        return query;
    }

    private Query or() {
        List<Query> queries = new ArrayList<>();
        do {
            queries.add(and());
        } while (takeWord("OR"));
        return queries.size() == 1 ? queries.get(0) : new Query.Or(queries);
    }

    private Query and() {
        List<Query> queries = new ArrayList<>();
        do {
            queries.add(not());
            text.skipBlanks();
        } while (takeWord("AND") || goesOn());
        return queries.size() == 1 ? queries.get(0) : new Query.And(queries);
    }

    private Query not() {
        boolean isNegated = false;
        while (takeWord("NOT") || takeMinus()) {
            isNegated = !isNegated;
        }
        Query query = primary();
        return isNegated ? new Query.Not(query) : query;
    }

    private boolean takeMinus() {
        int start = text.position();
        if (text.take('-')) {
            if (text.isAtGap()) {
                throw new QuerySyntaxException(
                        "a minus stands right before what it excludes, as -command:query-status", start, 1);
            }
            return true;
        }
        return false;
    }

    private Query primary() {
        if (!goesOn() || text.isAtWord("AND")) {
            throw new QuerySyntaxException(MISSING, text.position(), 0);
        }
        if (text.isAt('(')) {
            return group();
        }
        if (++terms > Query.MAX_TERMS) {
            throw new QuerySyntaxException("a query has at most " + Query.MAX_TERMS + " terms", text.position(), 0);
        }
        int start = text.position();
        String name = text.takeFieldName();
        Named named = name.isEmpty() ? Named.TEXT : Named.of(name, start);
        Query term = new TermReader(named, start, text).read();
        text.skipBlanks();
        return term;
    }

    private Query group() {
        int start = text.position();
        if (++depth > MAX_DEPTH) {
            throw new QuerySyntaxException("parentheses nest at most " + MAX_DEPTH + " deep", start, 1);
        }
        text.take('(');
        text.skipBlanks();
        Query inner = or();
        if (!text.take(')')) {
            throw new QuerySyntaxException("the ( that opens here is never closed: add a )", start, 1);
        }
        depth--;
        text.skipBlanks();
        return inner;
    }

    /** Whether another term stands here. */
    private boolean goesOn() {
        return !text.isAtEnd() && !text.isAt(')') && !text.isAtWord("OR");
    }

    private boolean takeWord(String word) {
        boolean isTaken = text.takeWord(word);
        text.skipBlanks();
        return isTaken;
    }
}
