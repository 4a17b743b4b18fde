package io.qmptape.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the one value that a delimited frame holds, as strictly as QEMU's parser: duplicate keys, bad escapes, bad UTF-8
 * and lone surrogates make it no value at all. Pure; an instance is used once.
 */
public final class JsonReader {
    private final Bytes bytes;
    private final boolean isServer;
    private final Lexer lexer;
    private int position;
    private TokenKind kind = TokenKind.KEYWORD;
    private Span token = new Span(0, 0);

    private JsonReader(Bytes bytes, Direction direction) {
        this.bytes = bytes;
        this.isServer = direction == Direction.SERVER_TO_CLIENT;
        this.lexer = new Lexer(direction);
    }

    /** The value, with spans into {@code bytes}; empty where QEMU would answer with a parse error. */
    public static Optional<Json> read(Bytes bytes, Direction direction) {
        try {
            return Optional.of(new JsonReader(bytes, direction).whole());
        } catch (JsonFault fault) {
            return Optional.empty();
        }
    }

    /** Why {@link #read} finds no value, in QEMU's words where it has some; empty if it finds one. */
    public static Optional<String> fault(Bytes bytes, Direction direction) {
        try {
            new JsonReader(bytes, direction).whole();
            return Optional.empty();
        } catch (JsonFault fault) {
            return Optional.of(fault.reason());
        }
    }

    private Json whole() throws JsonFault {
        next();
        Json value = value();
        if (advance()) {
            throw new JsonFault("more than one value");
        }
        return value;
    }

    private Json value() throws JsonFault {
        return switch (kind) {
            case LEFT_BRACE -> object();
            case LEFT_BRACKET -> array();
            case STRING -> new Json.Str(token, StringToken.decode(bytes.slice(token)));
            case INTEGER, FLOAT -> new Json.Num(token, bytes.slice(token).text());
            case KEYWORD -> keyword(bytes.slice(token).text());
            default -> throw new JsonFault("expecting value");
        };
    }

    private Json keyword(String word) throws JsonFault {
        return switch (word) {
            case "true" -> new Json.Bool(token, true);
            case "false" -> new Json.Bool(token, false);
            case "null" -> new Json.Null(token);
            case "inf", "nan", "-inf", "-nan" -> number(word);
            default -> throw new JsonFault("invalid keyword '" + word + "'");
        };
    }

    private Json number(String word) throws JsonFault {
        if (!isServer) {
            throw new JsonFault("invalid keyword '" + word + "'");
        }
        return new Json.Num(token, word);
    }

    private Json object() throws JsonFault {
        int start = token.start();
        List<Json.Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        next();
        while (kind != TokenKind.RIGHT_BRACE) {
            if (!members.isEmpty()) {
                separator("expected separator in dict");
            }
            members.add(member(names));
            next();
        }
        return new Json.Obj(new Span(start, token.end()), members);
    }

    private Json.Member member(Set<String> names) throws JsonFault {
        Span nameSpan = token;
        if (!(value() instanceof Json.Str name)) {
            throw new JsonFault("key is not a string in object");
        }
        next();
        if (kind != TokenKind.COLON) {
            throw new JsonFault("missing : in object pair");
        }
        next();
        Json value = value();
        if (!names.add(name.value())) {
            throw new JsonFault("duplicate key");
        }
        return new Json.Member(nameSpan, name.value(), value);
    }

    private Json array() throws JsonFault {
        int start = token.start();
        List<Json> elements = new ArrayList<>();
        next();
        while (kind != TokenKind.RIGHT_BRACKET) {
            if (!elements.isEmpty()) {
                separator("expected separator in list");
            }
            elements.add(value());
            next();
        }
        return new Json.Arr(new Span(start, token.end()), elements);
    }

    private void separator(String complaint) throws JsonFault {
        if (kind != TokenKind.COMMA) {
            throw new JsonFault(complaint);
        }
        next();
    }

    private void next() throws JsonFault {
        if (!advance()) {
            throw new JsonFault("premature EOI");
        }
    }

    /** Moves to the next token; false at the end of the bytes. */
    private boolean advance() throws JsonFault {
        int start = -1;
        while (position < bytes.length()) {
            int inside = lexer.inString(bytes, position);
            if (inside > 0) {
                position += inside;
                continue;
            }
            Lexer.Step step = lexer.step(bytes.at(position));
            if (step == Lexer.Step.ERROR) {
                throw new JsonFault("stray '"
                        + bytes.slice(Math.max(start, 0), position + 1).text() + "'");
            }
            if (start < 0 && step != Lexer.Step.BLANK) {
                start = position;
            }
            if (step == Lexer.Step.TOKEN_ENDED_BEFORE) {
                return found(start, position);
            }
            position++;
            if (step == Lexer.Step.TOKEN_ENDS_HERE) {
                return found(start, position);
            }
        }
        return start >= 0 && foundAtEnd(start);
    }

    /** A number or word that the end of the bytes ends: the next frame's first byte did so on the wire. */
    private boolean foundAtEnd(int start) throws JsonFault {
        if (lexer.step((byte) ' ') != Lexer.Step.TOKEN_ENDED_BEFORE) {
            throw new JsonFault("premature EOI");
        }
        return found(start, position);
    }

    private boolean found(int start, int end) {
        kind = lexer.token();
        token = new Span(start, end);
        return true;
    }
}
