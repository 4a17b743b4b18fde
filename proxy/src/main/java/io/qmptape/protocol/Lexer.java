package io.qmptape.protocol;

/**
 * QEMU's JSON lexer (3.1 and newer), one byte at a time. It differs from the standard: strings stand in single or double
 * quotes, 0 takes no exponent, and after a bad byte everything is skipped up to a structural or control byte.
 *
 * <pre>
 *   START --byte of a token--> inside --last byte--> START     (TOKEN_ENDS_HERE)
 *                              inside --foreign byte--> START  (TOKEN_ENDED_BEFORE: the byte is to be fed again)
 *   any   --bad byte--> RECOVERY                               (ERROR: the byte is taken)
 *   RECOVERY --structural, control, 0xFE, 0xFF--> START        (RECOVERED: the byte is to be fed again)
 * </pre>
 *
 * What a server sends is lexed alike, but for {@code -inf} and {@code -nan}, which QEMU prints and would not read.
 * Not safe for threads.
 */
final class Lexer {
    enum Step {
        /** The byte is white space between tokens. */
        BLANK,
        /** The byte belongs to a token that goes on. */
        INSIDE,
        TOKEN_ENDS_HERE,
        TOKEN_ENDED_BEFORE,
        ERROR,
        SKIPPED,
        RECOVERED
    }

    private enum State {
        START,
        DOUBLE_QUOTED,
        DOUBLE_QUOTED_ESCAPE,
        SINGLE_QUOTED,
        SINGLE_QUOTED_ESCAPE,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS,
        WORD,
        RECOVERY
    }

    private static final boolean[] IN_DOUBLE_QUOTES = plain('"');
    private static final boolean[] IN_SINGLE_QUOTES = plain('\'');

    private final boolean isServer;
    private State state = State.START;
    private TokenKind token = TokenKind.KEYWORD;

    Lexer(Direction direction) {
        this.isServer = direction == Direction.SERVER_TO_CLIENT;
    }

    /** The token that ended with the last step. */
    TokenKind token() {
        return token;
    }

    boolean isRecovering() {
        return state == State.RECOVERY;
    }

    void reset() {
        state = State.START;
    }

    Step step(byte signed) {
        int octet = signed & 0xFF;
        return switch (state) {
            case START -> start(octet);
            case DOUBLE_QUOTED -> quoted(octet, '"', State.DOUBLE_QUOTED_ESCAPE);
            case SINGLE_QUOTED -> quoted(octet, '\'', State.SINGLE_QUOTED_ESCAPE);
            case DOUBLE_QUOTED_ESCAPE -> escape(octet, State.DOUBLE_QUOTED);
            case SINGLE_QUOTED_ESCAPE -> escape(octet, State.SINGLE_QUOTED);
            case RECOVERY -> recovery(octet);
            case WORD -> isLowerCase(octet) ? Step.INSIDE : ended(TokenKind.KEYWORD);
            default -> number(octet);
        };
    }

    /** How many of the bytes from {@code at} on are within the string that is open: {@link #step} would say INSIDE to each. */
    int inString(Bytes bytes, int at) {
        return switch (state) {
            case DOUBLE_QUOTED -> bytes.run(at, IN_DOUBLE_QUOTES);
            case SINGLE_QUOTED -> bytes.run(at, IN_SINGLE_QUOTES);
            default -> 0;
        };
    }

    private static boolean[] plain(char quote) {
        boolean[] set = new boolean[256];
        for (int octet = 0; octet < set.length; octet++) {
            set[octet] = isInString(octet) && octet != quote && octet != '\\';
        }
        return set;
    }

    private Step start(int octet) {
        return switch (octet) {
            case ' ', '\t', '\r', '\n' -> Step.BLANK;
            case '{' -> ends(TokenKind.LEFT_BRACE);
            case '}' -> ends(TokenKind.RIGHT_BRACE);
            case '[' -> ends(TokenKind.LEFT_BRACKET);
            case ']' -> ends(TokenKind.RIGHT_BRACKET);
            case ',' -> ends(TokenKind.COMMA);
            case ':' -> ends(TokenKind.COLON);
            case '"' -> inside(State.DOUBLE_QUOTED);
            case '\'' -> inside(State.SINGLE_QUOTED);
            case '-' -> inside(State.MINUS);
            case '0' -> inside(State.ZERO);
            default -> digitOrLetter(octet);
        };
    }

    private Step digitOrLetter(int octet) {
        if (isDigit(octet)) {
            return inside(State.DIGITS);
        }
        return isLowerCase(octet) ? inside(State.WORD) : error();
    }

    private Step quoted(int octet, char quote, State escape) {
        if (octet == quote) {
            return ends(TokenKind.STRING);
        }
        if (octet == '\\') {
            return inside(escape);
        }
        return isInString(octet) ? Step.INSIDE : error();
    }

    private Step escape(int octet, State string) {
        return isInString(octet) ? inside(string) : error();
    }

    private Step number(int octet) {
        return switch (state) {
            case MINUS -> minus(octet);
            case ZERO -> octet == '.' ? inside(State.POINT) : isDigit(octet) ? error() : ended(TokenKind.INTEGER);
            case DIGITS -> digits(octet);
            case POINT -> isDigit(octet) ? inside(State.FRACTION) : error();
            case FRACTION -> isDigit(octet) ? Step.INSIDE : exponentOrEnd(octet);
            case EXPONENT -> exponent(octet);
            case EXPONENT_SIGN -> isDigit(octet) ? inside(State.EXPONENT_DIGITS) : error();
            case EXPONENT_DIGITS -> isDigit(octet) ? Step.INSIDE : ended(TokenKind.FLOAT);
            default -> throw new IllegalStateException("not in a number: " + state);
        };
    }

    private Step minus(int octet) {
        if (octet == '0') {
            return inside(State.ZERO);
        }
        if (isDigit(octet)) {
            return inside(State.DIGITS);
        }
        return isServer && isLowerCase(octet) ? inside(State.WORD) : error();
    }

    private Step digits(int octet) {
        if (isDigit(octet)) {
            return Step.INSIDE;
        }
        if (octet == '.') {
            return inside(State.POINT);
        }
        return isExponent(octet) ? inside(State.EXPONENT) : ended(TokenKind.INTEGER);
    }

    private Step exponentOrEnd(int octet) {
        return isExponent(octet) ? inside(State.EXPONENT) : ended(TokenKind.FLOAT);
    }

    private Step exponent(int octet) {
        if (octet == '+' || octet == '-') {
            return inside(State.EXPONENT_SIGN);
        }
        return isDigit(octet) ? inside(State.EXPONENT_DIGITS) : error();
    }

    private Step recovery(int octet) {
        return switch (octet) {
            case '{', '}', '[', ']', ',', ':', 0xFE, 0xFF -> recovered();
            default -> octet < ' ' && octet != '\t' ? recovered() : Step.SKIPPED;
        };
    }

    private Step inside(State next) {
        state = next;
        return Step.INSIDE;
    }

    private Step ends(TokenKind kind) {
        state = State.START;
        token = kind;
        return Step.TOKEN_ENDS_HERE;
    }

    private Step ended(TokenKind kind) {
        state = State.START;
        token = kind;
        return Step.TOKEN_ENDED_BEFORE;
    }

    private Step error() {
        state = State.RECOVERY;
        return Step.ERROR;
    }

    private Step recovered() {
        state = State.START;
        return Step.RECOVERED;
    }

    private static boolean isInString(int octet) {
        return octet >= ' ' && octet < 0xFE;
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isLowerCase(int octet) {
        return octet >= 'a' && octet <= 'z';
    }

    private static boolean isExponent(int octet) {
        return octet == 'e' || octet == 'E';
    }
}
