package io.qmptape.protocol;

import java.math.BigInteger;

/** QEMU's reading of number tokens: int64, else uint64, else double (QMP facts, "Numbers quirk"). */
final class Numbers {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    /** The longest spelling of a 64-bit integer, sign included. */
    private static final int MAX_DIGITS = 20;

    private Numbers() {}

    static boolean isInteger(String text) {
        if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            return false;
        }
        BigInteger value = new BigInteger(text);
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
    }

    /** Whether two spellings are one value to QEMU: {@code 1e3} comes back as {@code 1000}, {@code -0} as {@code 0}. */
    static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (isInteger(one) && isInteger(other)) {
            return new BigInteger(one).equals(new BigInteger(other));
        }
        return asDouble(one) == asDouble(other);
    }

    private static double asDouble(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
