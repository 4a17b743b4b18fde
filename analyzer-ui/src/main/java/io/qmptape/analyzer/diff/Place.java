package io.qmptape.analyzer.diff;

/**
 * Where in a message a value stands.
 *
 * @param shown with the elements' numbers or keys, as {@code $.return[device=cd0].locked}
 * @param rule without them, as rules name it: {@code $.return[].locked}
 */
record Place(String shown, String rule, int depth) {
    static final Place ROOT = new Place("$", "$", 0);
    private static final int MAX_NAME = 80;

    Place member(String name) {
        String brief = brief(name);
        return new Place(shown + "." + brief, rule + "." + brief, depth + 1);
    }

    /** @param label number or key of the element */
    Place element(String label) {
        return new Place(shown + "[" + brief(label) + "]", rule + "[]", depth + 1);
    }

    private static String brief(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }
}
