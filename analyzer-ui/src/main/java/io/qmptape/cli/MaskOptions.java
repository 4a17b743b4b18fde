package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.files.Reason;
import io.qmptape.store.files.Sha256;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.store.redaction.StandIns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is masked on its way to a tape, and how: for all commands that bring foreign traffic onto one. */
final class MaskOptions {
    /** How a secret is replaced. */
    enum Mode {
        PSEUDONYM,
        DROP
    }

    @Option(
            names = "--mask",
            paramLabel = "HOW",
            description = {
                "pseudonym: a keyed hash stands for each secret, so that equal ones stay equal (default).",
                "Whoever has the tape and the key of this host can guess short secrets.",
                "drop: one stand-in for all; nothing is left to guess."
            })
    private @Nullable Mode mode;

    @Option(
            names = "--mask-also",
            paramLabel = "GROUP",
            split = ",",
            description = "Mask these too: typed-keys, ring-buffers, memory, attestation, personal.")
    private List<String> groups = List.of();

    @Option(
            names = "--mask-rule",
            paramLabel = "RULE",
            description = {
                "Mask this too, as 'x-login arguments.pin'; may be repeated.",
                "Rules of $XDG_CONFIG_HOME/qmptape/mask.rules, one a line, hold always."
            })
    private List<String> rules = List.of();

    @Option(names = "--no-redact", description = "Write passwords and all other secrets to the tape in clear.")
    private boolean isOff;

    /** Says out loud that secrets will be recorded in clear, if so. */
    void warn() {
        if (isOff) {
            System.err.println("qmptape: warning: --no-redact: passwords and all other secrets go to the tape in clear,"
                    + " and from there into its index, its page and its exports");
        }
    }

    /** Whether somebody said how to mask. */
    boolean areGiven() {
        return isOff || mode != null || !groups.isEmpty() || !rules.isEmpty();
    }

    /**
     * What holds for a tape, which is made if it is not there; its key too.
     *
     * @throws IllegalArgumentException if options or rules are wrong; nothing was made then
     */
    Redaction redaction(Places places, Tape tape) {
        if (isOff) {
            return none();
        }
        MaskRules chosen = rules(places);
        return mode == Mode.DROP
                ? new Redaction(chosen, StandIns.dropped())
                : new Redaction(chosen, RedactionKey.readOrCreate(places.key(tape.create())));
    }

    /** Tells whether another process masks alike: says nothing of the key but that it is the same. */
    String fingerprint(Places places, Redaction redaction) {
        try {
            Path file = places.maskRules();
            String own = Files.exists(file) ? Files.readString(file) : "";
            return Sha256.of(redaction.name() + "\n" + own);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + places.maskRules() + ": " + Reason.of(e), e);
        }
    }

    /** The usual rules with the user's own. */
    MaskRules rules(Places places) {
        return ofFile(places.maskRules()).withGroups(groups).withRules("--mask-rule", rules);
    }

    private Redaction none() {
        if (mode != null || !groups.isEmpty() || !rules.isEmpty()) {
            throw new IllegalArgumentException("--no-redact masks nothing: leave it out, or leave --mask... out");
        }
        return Redaction.none();
    }

    private static MaskRules ofFile(Path file) {
        try {
            return MaskRules.usual().withRules(file.toString(), Files.readAllLines(file));
        } catch (NoSuchFileException none) {
            return MaskRules.usual();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }
}
