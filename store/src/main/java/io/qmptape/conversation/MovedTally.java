package io.qmptape.conversation;

import io.qmptape.conversation.Answer.Leaf;
import io.qmptape.protocol.Json;

/** Where one value of an answer went. One thread. */
final class MovedTally {
    private static final int MAX_TEXT = 40;
    private static final int MAX_LONG_DIGITS = 18;

    private final Leaf first;
    private Leaf last;
    private Leaf least;
    private Leaf most;

    MovedTally(Leaf first) {
        this.first = first;
        this.last = first;
        this.least = first;
        this.most = first;
    }

    void add(Leaf leaf) {
        last = leaf;
        if (compare(leaf.value(), least.value()) < 0) {
            least = leaf;
        }
        if (compare(leaf.value(), most.value()) > 0) {
            most = leaf;
        }
    }

    Moved moved() {
        return new Moved(first.path().text(), text(first), text(last), text(least), text(most));
    }

    private static String text(Leaf leaf) {
        String text = leaf.text();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    private static int compare(Json one, Json other) {
        if (one instanceof Json.Bool a && other instanceof Json.Bool b) {
            return Boolean.compare(a.value(), b.value());
        }
        return one instanceof Json.Num a && other instanceof Json.Num b ? compare(a, b) : 0;
    }

    private static int compare(Json.Num one, Json.Num other) {
        return isLong(one) && isLong(other)
                ? Long.compare(Long.parseLong(one.text()), Long.parseLong(other.text()))
                : Double.compare(asDouble(one), asDouble(other));
    }

    private static boolean isLong(Json.Num number) {
        return number.text().length() <= MAX_LONG_DIGITS && number.isInteger();
    }

    /** A server may print {@code inf} and {@code nan}. */
    private static double asDouble(Json.Num number) {
        try {
            return Double.parseDouble(number.text());
        } catch (NumberFormatException unspeakable) {
            return number.text().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
    }
}
