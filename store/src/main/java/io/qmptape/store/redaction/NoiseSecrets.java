package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Span;
import io.qmptape.protocol.TokenScan;
import io.qmptape.protocol.TokenScan.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds secrets in bytes that are no message. After a sensitive name that is the string behind it; where something else
 * stands there, nobody knows where the secret ends, and all the rest is taken for it.
 */
final class NoiseSecrets {
    private final MaskRules rules;
    private final SecretText texts;
    private final Bytes bytes;
    private final List<Token> tokens;
    private final List<Secret> found = new ArrayList<>();
    private boolean isBrokenOff;

    /** @param isBrokenOff whether the secret goes on behind these bytes */
    record Found(List<Secret> secrets, boolean isBrokenOff) {}

    private NoiseSecrets(MaskRules rules, Bytes bytes, Direction direction) {
        this.rules = rules;
        this.texts = new SecretText(rules);
        this.bytes = bytes;
        this.tokens = TokenScan.of(bytes, direction);
    }

    static Found of(MaskRules rules, Bytes bytes, Direction direction) {
        NoiseSecrets noise = new NoiseSecrets(rules, bytes, direction);
        noise.search();
        return new Found(noise.found, noise.isBrokenOff);
    }

    /** All of it. */
    static Found whole(Bytes bytes) {
        return new Found(List.of(secret(new Span(0, bytes.length()), bytes.text())), true);
    }

    private void search() {
        for (int i = 0; i < tokens.size() && !isBrokenOff; i++) {
            if (tokens.get(i).text().filter(texts::isSecret).isPresent()) {
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
        boolean isMember = token.isString()
                && isColon(at + 1)
                && at + 2 < tokens.size()
                && tokens.get(at + 2).isString();
        return rules.isSecretName(word) || isMember && rules.isSometimesSecret(word);
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
        String raw = bytes.slice(span).text();
        found.add(secret(span, isBrokenOff ? raw : token.text().orElse(raw)));
    }

    /** A parse error repeats single words of what it could not read. */
    private static Secret secret(Span span, String text) {
        return new Secret(JsonPath.ROOT, "string", span, true, text, SecretText.words(text));
    }
}
