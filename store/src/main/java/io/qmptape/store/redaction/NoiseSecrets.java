package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Span;
import io.qmptape.protocol.TokenScan;
import java.util.ArrayList;
import java.util.List;

/** Finds secrets in bytes that are no message: what follows a sensitive name and a colon. */
final class NoiseSecrets {
    private NoiseSecrets() {}

    static List<Secret> of(Bytes bytes, Direction direction) {
        List<Secret> found = new ArrayList<>();
        List<TokenScan.Token> tokens = TokenScan.of(bytes, direction);
        for (int i = 2; i < tokens.size(); i++) {
            boolean isNamed = tokens.get(i - 2)
                    .text()
                    .filter(SecretNames::includesInObject)
                    .isPresent();
            if (isNamed && tokens.get(i - 1).isColon() && tokens.get(i).isString()) {
                Span span = tokens.get(i).text().isPresent() ? tokens.get(i).span() : toEnd(tokens.get(i), bytes);
                found.add(new Secret(
                        JsonPath.ROOT, "string", span, true, bytes.slice(span).text()));
                if (span.end() == bytes.length()) {
                    break;
                }
            }
        }
        return found;
    }

    /** All of it. */
    static List<Secret> whole(Bytes bytes) {
        Span span = new Span(0, bytes.length());
        return List.of(new Secret(JsonPath.ROOT, "string", span, true, bytes.text()));
    }

    /** A string that broke off: nobody knows where the secret would have ended. */
    private static Span toEnd(TokenScan.Token token, Bytes bytes) {
        return new Span(token.span().start(), bytes.length());
    }
}
