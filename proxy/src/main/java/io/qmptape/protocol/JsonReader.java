package io.qmptape.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the one value that a delimited frame holds, as strictly as QEMU's parser: duplicate keys, bad escapes, bad UTF-8
 * and lone surrogates make it no value at all. Pure; an instance is used once.
 */
public final class JsonReader {
    static final String TOO_SHORT = "premature EOI";

    private final Bytes bytes;
    private final boolean isServer;
    private final Tokens tokens;
    /** Members of the objects that are open, of the innermost last: each takes its own when it ends. So with elements. */
    private final List<Json.Member> members = new ArrayList<>();

    private final List<Json> elements = new ArrayList<>();
    private TokenKind kind = TokenKind.KEYWORD;
    private int token = -1;

    private JsonReader(Bytes bytes, Tokens tokens, Direction direction) {
        this.bytes = bytes;
        this.tokens = tokens;
        this.isServer = direction == Direction.SERVER_TO_CLIENT;
    }

    /** The value, with spans into {@code bytes}; empty where QEMU would answer with a parse error. */
    public static Optional<Json> read(Bytes bytes, Direction direction) {
        return read(bytes, Tokens.of(bytes, direction), direction);
    }

    /** @param tokens those of the bytes */
    static Optional<Json> read(Bytes bytes, Tokens tokens, Direction direction) {
        try {
            return Optional.of(new JsonReader(bytes, tokens, direction).whole());
        } catch (JsonFault fault) {
            return Optional.empty();
        }
    }

    /** Why {@link #read} finds no value, in QEMU's words where it has some; empty if it finds one. */
    public static Optional<String> fault(Bytes bytes, Direction direction) {
        try {
            new JsonReader(bytes, Tokens.of(bytes, direction), direction).whole();
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
            case STRING -> new Json.Str(span(), StringToken.decode(tokenBytes()));
            case INTEGER, FLOAT -> new Json.Num(span(), tokenBytes().text());
            case KEYWORD -> keyword(tokenBytes().text());
            default -> throw new JsonFault("expecting value");
        };
    }

    private Json keyword(String word) throws JsonFault {
        return switch (word) {
            case "true" -> new Json.Bool(span(), true);
            case "false" -> new Json.Bool(span(), false);
            case "null" -> new Json.Null(span());
            case "inf", "nan", "-inf", "-nan" -> number(word);
            default -> throw new JsonFault("invalid keyword '" + word + "'");
        };
    }

    private Json number(String word) throws JsonFault {
        if (!isServer) {
            throw new JsonFault("invalid keyword '" + word + "'");
        }
        return new Json.Num(span(), word);
    }

    private Json object() throws JsonFault {
        int start = tokens.start(token);
        int first = members.size();
        Names names = new Names();
        next();
        while (kind != TokenKind.RIGHT_BRACE) {
            if (members.size() > first) {
                separator("expected separator in dict");
            }
            members.add(member(names));
            next();
        }
        return new Json.Obj(new Span(start, tokens.end(token)), taken(members, first));
    }

    private Json.Member member(Names names) throws JsonFault {
        if (kind != TokenKind.STRING) {
            value();
            throw new JsonFault("key is not a string in object");
        }
        Span nameSpan = span();
        String name = StringToken.decode(tokenBytes());
        next();
        if (kind != TokenKind.COLON) {
            throw new JsonFault("missing : in object pair");
        }
        next();
        Json value = value();
        if (!names.add(name)) {
            throw new JsonFault("duplicate key");
        }
        return new Json.Member(nameSpan, name, value);
    }

    private Json array() throws JsonFault {
        int start = tokens.start(token);
        int first = elements.size();
        next();
        while (kind != TokenKind.RIGHT_BRACKET) {
            if (elements.size() > first) {
                separator("expected separator in list");
            }
            elements.add(value());
            next();
        }
        return new Json.Arr(new Span(start, tokens.end(token)), taken(elements, first));
    }

    private static <T> List<T> taken(List<T> open, int first) {
        List<T> own = open.subList(first, open.size());
        List<T> taken = List.copyOf(own);
        own.clear();
        return taken;
    }

    private void separator(String complaint) throws JsonFault {
        if (kind != TokenKind.COMMA) {
            throw new JsonFault(complaint);
        }
        next();
    }

    private void next() throws JsonFault {
        if (!advance()) {
            throw new JsonFault(TOO_SHORT);
        }
    }

    /** Moves to the next token; false at the end. */
    private boolean advance() throws JsonFault {
        token++;
        if (token < tokens.count()) {
            kind = tokens.kind(token);
            return true;
        }
        if (tokens.fault().isPresent()) {
            throw tokens.fault().get();
        }
        return false;
    }

    private Span span() {
        return new Span(tokens.start(token), tokens.end(token));
    }

    private Bytes tokenBytes() {
        return bytes.slice(tokens.start(token), tokens.end(token));
    }
}
