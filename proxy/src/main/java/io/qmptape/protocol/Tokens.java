package io.qmptape.protocol;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens of one frame, by their places in its bytes. Can be used for one frame after the other. Not safe for threads. */
final class Tokens {
    private static final TokenKind[] KINDS = TokenKind.values();
    /** Kind, start and end of each. */
    private static final int INTS = 3;

    private static final int FIRST_INTS = 32 * INTS;
    /** So much room is kept from frame to frame. */
    private static final int MAX_KEPT_INTS = 1024 * INTS;

    private int[] ints = new int[FIRST_INTS];
    private int length;
    private @Nullable JsonFault fault;

    /** Those of bytes that should hold whole tokens; where they do not, up to that place, and a fault. */
    static Tokens of(Bytes bytes, Direction direction) {
        Tokens tokens = new Tokens();
        tokens.lex(bytes, new Lexer(direction));
        return tokens;
    }

    /** @param end exclusive */
    void add(TokenKind kind, int start, int end) {
        if (length == ints.length) {
            ints = Arrays.copyOf(ints, 2 * length);
        }
        ints[length] = kind.ordinal();
        ints[length + 1] = start;
        ints[length + 2] = end;
        length += INTS;
    }

    void clear() {
        length = 0;
        if (ints.length > MAX_KEPT_INTS) {
            ints = new int[FIRST_INTS];
        }
    }

    int count() {
        return length / INTS;
    }

    TokenKind kind(int token) {
        return KINDS[ints[token * INTS]];
    }

    int start(int token) {
        return ints[token * INTS + 1];
    }

    int end(int token) {
        return ints[token * INTS + 2];
    }

    /** What is wrong behind the last token. */
    Optional<JsonFault> fault() {
        return Optional.ofNullable(fault);
    }

    private void lex(Bytes bytes, Lexer lexer) {
        int start = -1;
        for (int at = 0; at < bytes.length(); ) {
            int inside = lexer.inString(bytes, at);
            if (inside > 0) {
                at += inside;
                continue;
            }
            Lexer.Step step = lexer.step(bytes.at(at));
            start = start < 0 && step != Lexer.Step.BLANK ? at : start;
            if (step == Lexer.Step.ERROR) {
                fault = new JsonFault("stray '" + bytes.slice(start, at + 1).text() + "'");
                return;
            }
            at += step == Lexer.Step.TOKEN_ENDED_BEFORE ? 0 : 1;
            if (step == Lexer.Step.TOKEN_ENDS_HERE || step == Lexer.Step.TOKEN_ENDED_BEFORE) {
                add(lexer.token(), start, at);
                start = -1;
            }
        }
        if (start >= 0) {
            end(start, bytes.length(), lexer);
        }
    }

    /** A number or word that the end of the bytes ends: the next frame's first byte did so on the wire. */
    private void end(int start, int end, Lexer lexer) {
        if (lexer.step((byte) ' ') == Lexer.Step.TOKEN_ENDED_BEFORE) {
            add(lexer.token(), start, end);
        } else {
            fault = new JsonFault(JsonReader.TOO_SHORT);
        }
    }
}
