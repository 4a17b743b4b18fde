package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import java.math.BigInteger;
import java.util.Optional;

/** The letters by which QEMU, up to 2.7, checked arguments before it looked at a schema (QMP facts, 2.4). */
public enum ArgumentCode {
    STRING("s", ValueType.STRING),
    BLOCK_DEVICE("B", ValueType.STRING),
    FILE_NAME("F", ValueType.STRING),
    INTEGER("i", ValueType.INT),
    LONG("l", ValueType.INT),
    SIZE("o", ValueType.INT),
    MEGABYTES("M", ValueType.INT),
    SECONDS("T", ValueType.NUMBER),
    BOOLEAN("b", ValueType.BOOL),
    /** Written {@code -f}; always optional. */
    FLAG("-", ValueType.BOOL),
    ANYTHING("q", ValueType.ANY),
    /** Always optional, and its command takes arguments of any name. */
    OPEN("O", ValueType.ANY);

    private static final int LONG_BITS = 63;

    private final String letter;
    private final ValueType type;

    ArgumentCode(String letter, ValueType type) {
        this.letter = letter;
        this.type = type;
    }

    /** Reads a code as the table spells it: {@code s}, {@code s?}, {@code -f}. */
    public static Optional<ArgumentCode> of(String code) {
        boolean isFlag = code.startsWith("-") && code.length() == 2;
        String letter = isFlag ? "-" : code.endsWith("?") ? code.substring(0, code.length() - 1) : code;
        for (ArgumentCode candidate : values()) {
            if (candidate.letter.equals(letter) && (candidate != FLAG || isFlag)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public ValueType type() {
        return type;
    }

    boolean isOptional(String code) {
        return this == FLAG || this == OPEN || code.endsWith("?");
    }

    /** An integer above 63 bits became a float in those days, and a float is no integer. */
    public boolean accepts(Json value) {
        return type.accepts(value) && (type != ValueType.INT || isSigned((Json.Num) value));
    }

    private static boolean isSigned(Json.Num integer) {
        return new BigInteger(integer.text()).bitLength() <= LONG_BITS;
    }
}
