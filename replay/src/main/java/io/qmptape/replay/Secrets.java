package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import java.util.List;
import java.util.Optional;

/** What a replay knows about secrets in what a live client sends. Pure, safe for all threads. */
public interface Secrets {
    /**
     * Whether a live value may be the one that was masked.
     *
     * @param standIn what stands in the recording
     */
    boolean matches(Masked masked, Json standIn, Json received);

    /**
     * Where secrets stand in what a live client sent, so that no report shows them.
     *
     * @param json with spans into {@code bytes}; empty for noise
     */
    List<Span> in(Bytes bytes, Optional<Json> json);

    /** Without the key of the recording: a masked member matches any value of its type. */
    static Secrets withoutKey() {
        return new KeylessSecrets();
    }
}
