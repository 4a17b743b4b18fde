package io.qmptape.analyzer.query;

/**
 * The terms that stand for members of {@code arguments}, {@code return} and {@code data}: that a path is there, what value
 * it has, and if that is a number the number in a form whose order is that of numbers.
 */
final class MemberTerms {
    private static final char VALUE = '\0';
    private static final char NUMBER = '\1';
    private static final char PRESENCE = '\2';
    private static final int HEX_DIGITS = 16;

    private MemberTerms() {}

    static String presence(String path) {
        return path + PRESENCE;
    }

    static String value(String path, String value) {
        return path + VALUE + value;
    }

    static String number(String path, double value) {
        double plain = value == 0 ? 0 : value;
        long bits = Double.doubleToLongBits(plain);
        long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        String hex = Long.toHexString(ordered);
        return path + NUMBER + "0".repeat(HEX_DIGITS - hex.length()) + hex;
    }
}
