package io.qmptape.store.redaction;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what rules mean in one message. None of the secrets it finds lies within another. */
final class SecretSearch {
    private static final MaskPath IN_ERROR = MaskPath.of("error.**", Map.of());
    private static final MaskPath IN_RETURN = MaskPath.of("return.**", Map.of());

    private final MaskRules rules;
    private final SecretText texts;
    private final Bytes bytes;
    private final Json message;
    private final boolean mayHoldUrls;
    private final Apart<Secret> found = new Apart<>(Secret::span);

    /** @param message with spans into {@code bytes} */
    SecretSearch(MaskRules rules, Bytes bytes, Json message) {
        this.rules = rules;
        this.texts = new SecretText(rules);
        this.bytes = bytes;
        this.message = message;
        this.mayHoldUrls = SecretText.mayHoldUrls(bytes);
    }

    List<Secret> found() {
        return found.inOrder();
    }

    /** @param who command or event; empty for what is neither */
    SecretSearch by(MessagePart part, String who) {
        for (MaskRule rule : rules.of(part, who)) {
            if (rule.mayApply(message)) {
                by(rule);
            }
        }
        return this;
    }

    SecretSearch by(Collection<MaskRule> chosen) {
        chosen.forEach(this::by);
        return this;
    }

    private void by(MaskRule rule) {
        if (rule.how() == MaskHow.URL && !mayHoldUrls) {
            return;
        }
        rule.find(message, place -> mask(rule.how(), place));
    }

    /** Strings of a reply that repeat what its command hid. */
    SecretSearch byEchoes(MessagePart part, Echoes echoes) {
        if (!echoes.areNone()) {
            (part == MessagePart.ERROR ? IN_ERROR : IN_RETURN).in(message, place -> echo(place, echoes));
        }
        return this;
    }

    private void echo(Place place, Echoes echoes) {
        wholeIf(place.value() instanceof Json.Str string && echoes.areIn(string.value()), place);
    }

    private void mask(MaskHow how, Place place) {
        Json value = place.value();
        switch (how) {
            case WHOLE -> whole(place);
            case MISPLACED -> wholeIf(!(value instanceof Json.Obj), place);
            case LINE -> line(place);
            case PROGRAM -> wholeIf(value instanceof Json.Str uri && SecretText.isProgram(uri.value()), place);
            case URL -> url(place);
        }
    }

    private void line(Place place) {
        if (place.value() instanceof Json.Str string && texts.isSecretLine(string.value())) {
            List<String> words = SecretText.words(string.value());
            List<String> told = words.stream()
                    .skip(1)
                    .filter(word -> !rules.isSecretName(word) && !rules.isSometimesSecret(word))
                    .toList();
            add(Secret.line(place, told));
        }
    }

    private void url(Place place) {
        if (place.value() instanceof Json.Str string) {
            List<Span> credentials = SecretText.credentials(string.value());
            if (texts.isPseudoUrl(string.value())) {
                whole(place);
            } else if (!credentials.isEmpty()) {
                credentials(place, string, credentials);
            }
        }
    }

    /** Only their own characters, if they stand in the bytes as they are. */
    private void credentials(Place place, Json.Str string, List<Span> credentials) {
        Span token = string.span();
        boolean isPlain = token.length() == string.value().length() + 2
                && bytes.slice(token.start() + 1, token.end() - 1).text().equals(string.value());
        if (!isPlain) {
            whole(place);
            return;
        }
        for (Span part : credentials) {
            String value = string.value().substring(part.start(), part.end());
            add(Secret.part(place.path(), part.shiftedBy(token.start() + 1), false, value));
        }
    }

    private void wholeIf(boolean isMeant, Place place) {
        if (isMeant) {
            whole(place);
        }
    }

    /** What lies within a secret is not looked at: secrets can lie in each other a thousand deep. */
    private void whole(Place place) {
        if (!isKnown(place.value().span())) {
            add(Secret.whole(place));
        }
    }

    private void add(Secret secret) {
        boolean isNothing = secret.type().equals("null");
        if (!isNothing && !isKnown(secret.span())) {
            found.put(secret);
        }
    }

    private boolean isKnown(Span span) {
        return found.overlapping(span).stream()
                .anyMatch(known -> known.span().start() <= span.start()
                        && span.end() <= known.span().end());
    }
}
