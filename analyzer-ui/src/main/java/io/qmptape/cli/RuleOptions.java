package io.qmptape.cli;

import io.qmptape.gate.Admission;
import io.qmptape.gate.Control;
import io.qmptape.handover.OnTapeFailure;
import io.qmptape.store.Tape;
import io.qmptape.store.recorder.RecorderOptions;
import io.qmptape.store.redaction.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** How a tape is recorded on: for those who record, and for the recorder that they start. */
final class RuleOptions {
    @Option(
            names = "--sync",
            paramLabel = "TIME",
            arity = "0..1",
            fallbackValue = "1s",
            description = "Force records to the disk so often, or `each` one, so that they outlive a power cut too"
                    + " (without a TIME: ${FALLBACK-VALUE}; default: the system decides).")
    private @Nullable String sync;

    @Option(
            names = "--on-tape-failure",
            paramLabel = "WHAT",
            description = {
                "continue: what cannot be recorded passes all the same, and is marked as a gap (default).",
                "refuse: nothing passes unrecorded. While it cannot be recorded, new clients are refused,",
                "and a session ends as soon as something comes."
            })
    private @Nullable OnTapeFailure onTapeFailure;

    @Option(
            names = "--record-first",
            description = {
                "A command reaches QEMU only when it is on the tape; with --sync=each, on the disk. It costs",
                "a round trip to the recorder. While the tape fails, what is --on-tape-failure=refuse holds."
            })
    private boolean isRecordedFirst;

    @Mixin
    private final RetentionOptions retention = new RetentionOptions();

    @Option(
            names = "--pack-after",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "Pack what has been finished for so long, or `never` (default: ${DEFAULT-VALUE}).")
    private String packAfter = "";

    @Mixin
    private final MaskOptions masks = new MaskOptions();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** @throws IllegalArgumentException if options or rules are wrong; nothing was made then */
    TapeRules rules(Places places, Tape tape) {
        if (isRecordedFirst && onTapeFailure == OnTapeFailure.CONTINUE) {
            throw new IllegalArgumentException("--record-first cannot continue when the tape fails:"
                    + " leave --on-tape-failure=continue out, or record without it");
        }
        RecorderOptions recorder = RecorderOptions.defaults();
        if (sync != null) {
            recorder = recorder.withSync(sync.equals("each") ? Duration.ZERO : Amounts.duration(sync));
        }
        Optional<Duration> packing =
                packAfter.equals("never") ? Optional.empty() : Optional.of(Amounts.duration(packAfter));
        Redaction redaction = masks.redaction(places, tape);
        return new TapeRules(recorder, new TapeCare(retention.limits(), packing), redaction);
    }

    /** @param rules as {@link #rules} made them */
    String fingerprint(Places places, TapeRules rules) {
        return masks.fingerprint(places, rules.redaction());
    }

    /**
     * A recorder in a process of its own that writes by these rules. What is wrong with them is told now, and not by the process;
     * it refuses to write if they are others by then.
     *
     * @throws IllegalArgumentException if options or rules are wrong; nothing was made then
     */
    RecorderApart recorder(Places places, Tape tape) {
        TapeRules meant = rules(places, tape);
        masks.warn();
        CommandSpec own = Objects.requireNonNull(command, "picocli names the command before it runs it");
        List<String> words =
                common(own.commandLine().getParseResult(), CommandSpec.forAnnotatedObject(new RecorderCommand()));
        words.removeIf(word -> word.startsWith("--tape"));
        words.add("--tape=" + tape.directory().toAbsolutePath());
        words.add(RecorderCommand.RULES + "=" + fingerprint(places, meant));
        return new RecorderApart(new RecorderProcess(places, words), onTapeFailure());
    }

    OnTapeFailure onTapeFailure() {
        OnTapeFailure usual = isRecordedFirst ? OnTapeFailure.REFUSE : OnTapeFailure.CONTINUE;
        return onTapeFailure == null ? usual : onTapeFailure;
    }

    boolean isRecordedFirst() {
        return isRecordedFirst;
    }

    Control control(Optional<Admission> admission) {
        return new Control(admission, isRecordedFirst);
    }

    /** Those of the options given to a command that another command knows too, as they were given. */
    static List<String> common(ParseResult given, CommandSpec other) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : given.matchedOptionsSet()) {
            String name = option.longestName();
            if (other.findOption(name) == null) {
                continue;
            }
            if (option.originalStringValues().isEmpty()) {
                words.add(name);
            }
            option.originalStringValues().forEach(value -> words.add(value.isEmpty() ? name : name + "=" + value));
        }
        return words;
    }
}
