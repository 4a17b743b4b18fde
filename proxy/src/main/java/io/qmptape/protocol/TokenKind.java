package io.qmptape.protocol;

/** The tokens of QEMU's JSON dialect. */
enum TokenKind {
    LEFT_BRACE,
    RIGHT_BRACE,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    COMMA,
    COLON,
    STRING,
    INTEGER,
    FLOAT,
    KEYWORD
}
