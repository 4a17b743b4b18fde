package io.qmptape.cli;

import io.qmptape.store.TapeIdentity;
import java.nio.file.Path;
import java.util.Map;

/** Where files lie, by the XDG base directory rules. */
record Places(Path state, Path cache, Path config) {
    static Places ofEnvironment() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    static Places of(Map<String, String> environment, Path home) {
        return new Places(
                place(environment, "XDG_STATE_HOME", home.resolve(".local/state")),
                place(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                place(environment, "XDG_CONFIG_HOME", home.resolve(".config")));
    }

    Path tape() {
        return state;
    }

    /** The redaction key of a tape: outside it, so that a copied tape gives nothing to guess against. */
    Path key(TapeIdentity tape) {
        return keys().resolve(tape.id() + ".key");
    }

    /** All keys of this user. */
    Path keys() {
        return config.resolve("keys");
    }

    /** What a user wants masked besides the usual. */
    Path maskRules() {
        return config.resolve("mask.rules");
    }

    /** An unset, empty or relative value counts as unset, as the rules ask. */
    private static Path place(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        boolean isUsable = !value.isEmpty() && Path.of(value).isAbsolute();
        return (isUsable ? Path.of(value) : otherwise).resolve("qmptape");
    }
}
