package io.qmptape.protocol;

/** Paths into a message, as findings, masks and comparisons write them: {@code $.arguments.keys[0]['odd name']}. */
public final class JsonPath {
    public static final String ROOT = "$";

    private JsonPath() {}

    public static String member(String parent, String name) {
        boolean isPlain = !name.isEmpty() && name.chars().allMatch(JsonPath::isPlain);
        return isPlain
                ? parent + "." + name
                : parent + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    private static boolean isPlain(int c) {
        return c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
