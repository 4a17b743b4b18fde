package io.qmptape.analyzer.web;

import io.javalin.http.Context;
import io.qmptape.traffic.SessionId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request, checked. */
record Asked(Context context) {
    String query() {
        String query = text("q");
        if (query.length() > Limits.MAX_QUERY_LENGTH) {
            throw Refusal.badRequest(
                    "A query has at most " + Limits.MAX_QUERY_LENGTH + " characters, not " + query.length() + ".");
        }
        return query;
    }

    String text(String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value;
    }

    long offset() {
        return number("offset", 0, 0, Long.MAX_VALUE);
    }

    int limit() {
        return (int) number("limit", Limits.PAGE, 1, Limits.MAX_PAGE);
    }

    long number(String name, long otherwise, long min, long max) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return wholeNumber(text)
                .filter(value -> value >= min && value <= max)
                .orElseThrow(
                        () -> Refusal.badRequest("'" + name + "' is a whole number from " + min + " to " + max + "."));
    }

    /** Whether runs of polls are wanted as one row each. */
    boolean isFolded() {
        boolean isFolded = text("fold").equals("true");
        if (isFolded && !text("q").isEmpty()) {
            throw Refusal.badRequest("What a query finds is never folded: leave out 'q' or 'fold'.");
        }
        return isFolded;
    }

    /** The folds that are wanted with what they stand for, by the numbers of their first messages. */
    Set<Long> open() {
        String text = text("open");
        Set<Long> open = new HashSet<>();
        for (String number : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            open.add(wholeNumber(number)
                    .filter(value -> open.size() < Limits.MAX_OPEN_FOLDS)
                    .orElseThrow(() -> Refusal.badRequest("'open' is a list of at most " + Limits.MAX_OPEN_FOLDS
                            + " whole numbers with commas between.")));
        }
        return open;
    }

    SessionId session() {
        return session(context.pathParam("id"));
    }

    long sequence() {
        return wholeNumber(context.pathParam("seq"))
                .orElseThrow(() -> Refusal.badRequest("The number of a message is a whole number."));
    }

    static SessionId session(String id) {
        try {
            return SessionId.parse(id);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The id of a session is a UUID.");
        }
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
