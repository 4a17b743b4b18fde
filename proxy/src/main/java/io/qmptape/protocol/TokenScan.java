package io.qmptape.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens of bytes that need not be JSON: noise, or a message that was cut short. What cannot be lexed is passed over. */
public final class TokenScan {
    private TokenScan() {}

    /** A string or other token; the last one may be cut off by the end of the bytes. */
    public record Token(Span span, boolean isString, boolean isColon, Optional<String> text) {}

    public static List<Token> of(Bytes bytes, Direction direction) {
        Lexer lexer = new Lexer(direction);
        List<Token> tokens = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < bytes.length(); ) {
            Lexer.Step step = lexer.step(bytes.at(at));
            if (start < 0 && step != Lexer.Step.BLANK && step != Lexer.Step.SKIPPED && step != Lexer.Step.RECOVERED) {
                start = at;
            }
            boolean isTaken = step != Lexer.Step.TOKEN_ENDED_BEFORE && step != Lexer.Step.RECOVERED;
            at += isTaken ? 1 : 0;
            if (step == Lexer.Step.TOKEN_ENDS_HERE || step == Lexer.Step.TOKEN_ENDED_BEFORE) {
                tokens.add(token(bytes, new Span(start, at), lexer.token(), direction));
                start = -1;
            } else if (step == Lexer.Step.ERROR) {
                tokens.add(new Token(new Span(start, at), isQuote(bytes.at(start)), false, Optional.empty()));
                start = -1;
            }
        }
        if (start >= 0) {
            tokens.add(new Token(new Span(start, bytes.length()), isQuote(bytes.at(start)), false, Optional.empty()));
        }
        return tokens;
    }

    private static Token token(Bytes bytes, Span span, TokenKind kind, Direction direction) {
        boolean isString = kind == TokenKind.STRING;
        Optional<String> text = isString
                ? JsonReader.read(bytes.slice(span), direction)
                        .filter(Json.Str.class::isInstance)
                        .map(value -> ((Json.Str) value).value())
                : Optional.empty();
        return new Token(span, isString, kind == TokenKind.COLON, text);
    }

    private static boolean isQuote(byte octet) {
        return octet == '"' || octet == '\'';
    }
}
