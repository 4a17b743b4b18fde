package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Span;
import io.qmptape.protocol.TokenScan;
import io.qmptape.protocol.TokenScan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds secrets in bytes that are no message. After a sensitive name that is the string behind it; where something else
 * stands there, nobody knows where the secret ends, and all the rest is taken for it.
 */
final class NoiseSecrets {
    /** Names that are sensitive in some commands only; noise has no command. */
    private static final Set<String> IN_SOME_COMMANDS = Set.of("data", "key", "arg", "value", "packet-header");

    private final Bytes bytes;
    private final List<Token> tokens;
    private final List<Secret> found = new ArrayList<>();
    private boolean isBrokenOff;

    /** @param isBrokenOff whether the secret goes on behind these bytes */
    record Found(List<Secret> secrets, boolean isBrokenOff) {}

    private NoiseSecrets(Bytes bytes, Direction direction) {
        this.bytes = bytes;
        this.tokens = TokenScan.of(bytes, direction);
    }

    static Found of(Bytes bytes, Direction direction) {
        NoiseSecrets noise = new NoiseSecrets(bytes, direction);
        noise.search();
        return new Found(noise.found, noise.isBrokenOff);
    }

    /** All of it. */
    static Found whole(Bytes bytes) {
        Span span = new Span(0, bytes.length());
        return new Found(List.of(new Secret(JsonPath.ROOT, "string", span, true, bytes.text())), true);
    }

    private void search() {
        for (int i = 0; i < tokens.size() && !isBrokenOff; i++) {
            if (tokens.get(i).text().filter(SecretText::isSecret).isPresent()) {
                mask(i, true);
            } else if (isSensitive(i)) {
                int value = i + (isColon(i + 1) ? 2 : 1);
                mask(value, tokens.get(i).isString());
                i = value;
            }
        }
    }

    /** A bare word counts as well as a string. */
    private boolean isSensitive(int at) {
        Token token = tokens.get(at);
        String word = token.text().orElseGet(() -> bytes.slice(token.span()).text());
        boolean isInSome = token.isString()
                && isColon(at + 1)
                && at + 2 < tokens.size()
                && tokens.get(at + 2).isString();
        return SecretNames.includes(word) || isInSome && IN_SOME_COMMANDS.contains(word);
    }

    private boolean isColon(int at) {
        return at < tokens.size() && tokens.get(at).isColon();
    }

    private void mask(int at, boolean mayBeWhole) {
        if (at >= tokens.size()) {
            isBrokenOff = true;
            return;
        }
        Token token = tokens.get(at);
        isBrokenOff = !mayBeWhole || token.text().isEmpty();
        Span span = isBrokenOff ? new Span(token.span().start(), bytes.length()) : token.span();
        found.add(new Secret(
                JsonPath.ROOT, "string", span, true, bytes.slice(span).text()));
    }
}
