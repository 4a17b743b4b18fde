package io.qmptape.catalog;

/** What a command changes. */
public enum Effect {
    /** Nothing. */
    READ_ONLY("read-only"),
    /** Only what belongs to this connection: capabilities, descriptors handed over. */
    SESSION("session"),
    /** The machine, the guest or the host. */
    MUTATING("mutating");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Effect ofWord(String word) {
        for (Effect effect : values()) {
            if (effect.word.equals(word)) {
                return effect;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no effect");
    }
}
