package io.qmptape.analyzer.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as the page draws it.
 *
 * @param type the JSON word
 * @param key name of the member; absent in arrays and at the top
 * @param text of a string, number, boolean or null; numbers in the spelling of their sender, long strings cut
 * @param size members, elements, or characters of a string that was cut
 * @param from index of the first of {@code children}
 * @param children absent where none were sent; fewer than {@code size} if the rest must be asked for
 * @param masked the JSON type of a secret that this value stands in for
 */
record TreeNode(
        String type,
        @Nullable String key,
        @Nullable String text,
        @Nullable Integer size,
        @Nullable Integer from,
        @Nullable List<TreeNode> children,
        @Nullable String masked) {

    static TreeNode leaf(String type, @Nullable String key, String text, @Nullable String masked) {
        return new TreeNode(type, key, text, null, null, null, masked);
    }

    static TreeNode cutText(@Nullable String key, String start, int size, @Nullable String masked) {
        return new TreeNode("string", key, start, size, null, null, masked);
    }
}
