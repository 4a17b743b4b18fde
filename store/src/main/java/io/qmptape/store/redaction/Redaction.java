package io.qmptape.store.redaction;

import io.qmptape.store.SessionRecord.Opened;

/** What is masked, and by what. */
public record Redaction(MaskRules rules, StandIns standIns) {
    /** The usual secrets, as pseudonyms under a key. */
    public static Redaction with(RedactionKey key) {
        return new Redaction(MaskRules.usual(), key);
    }

    /** Secrets are recorded as they are. */
    public static Redaction none() {
        return new Redaction(MaskRules.none(), StandIns.dropped());
    }

    public boolean isNone() {
        return rules.isEmpty();
    }

    /** What sessions say of how they were masked: {@link Opened#key}. */
    public String name() {
        return isNone() ? Opened.UNMASKED : standIns.name();
    }
}
