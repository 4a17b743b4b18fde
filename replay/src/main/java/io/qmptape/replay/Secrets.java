package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.RedactionKey;
import java.util.List;
import java.util.Optional;

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

    /** Whether a live value may be the one that was masked. */
    boolean mayBe(String standIn, Json received) {
        return key.map(known -> known.masks(received, standIn)).orElse(true);
    }

    /** Whether a part of a live text may be the one that was masked. */
    boolean mayBe(String standIn, String received) {
        return key.map(known -> known.masks(received, standIn)).orElse(true);
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
