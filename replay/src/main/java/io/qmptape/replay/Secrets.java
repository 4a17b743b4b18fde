package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.MaskedText;
import io.qmptape.store.redaction.RedactionKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a replay knows about secrets in what a live client sends. Immutable. */
public final class Secrets {
    private final MaskRules rules = MaskRules.usual();
    private final Optional<RedactionKey> key;

    private Secrets(Optional<RedactionKey> key) {
        this.key = key;
    }

    /** Without the key of the recording: a masked member matches any value of its type. */
    public static Secrets withoutKey() {
        return new Secrets(Optional.empty());
    }

    /**
     * With the key that masked the recording: a masked member matches what was masked.
     *
     * @param key the one whose fingerprint the session names
     */
    public static Secrets withKey(RedactionKey key) {
        return new Secrets(Optional.of(key));
    }

    /**
     * Whether a live value may be the one that was masked; what stands around a part must be the same. The stand-in itself
     * will do as well: it is what a recording sends that is fed back.
     */
    boolean admit(MaskedText masked, Json received) {
        Optional<String> text = received instanceof Json.Str string ? Optional.of(string.value()) : Optional.empty();
        if (!masked.isWhole()) {
            return text.flatMap(masked::partsOf)
                    .map(parts -> areMasked(parts, masked.standIns()))
                    .orElse(false);
        }
        String standIn = masked.standIns().get(0);
        return text.filter(standIn::equals).isPresent()
                || received.type().equals(masked.type())
                        && key.map(known -> known.masks(received, standIn)).orElse(true);
    }

    private boolean areMasked(List<String> parts, List<String> standIns) {
        return key.map(known -> IntStream.range(0, parts.size())
                        .allMatch(i -> parts.get(i).equals(standIns.get(i))
                                || known.standIn(parts.get(i)).equals(standIns.get(i))))
                .orElse(true);
    }

    /**
     * Where secrets stand in what a live client sent, so that no report shows them.
     *
     * @param json with spans into {@code bytes}; empty for noise
     */
    List<Span> in(Bytes bytes, Optional<Json> json) {
        return rules.secretsIn(bytes, json);
    }
}
