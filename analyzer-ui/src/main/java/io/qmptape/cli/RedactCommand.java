package io.qmptape.cli;

import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.care.Concealment;
import io.qmptape.store.redaction.Redaction;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = "Mask what is left to mask in sessions that are on the tape already.",
        footer = {
            "",
            "A session must have ended. If its reel is still being written, its recorder ends",
            "that and goes on in the next one, with all that is open.",
            "",
            "What the file system, its snapshots and backups, or a transcript still have of",
            "the old bytes is beyond reach: change a secret that was recorded in clear."
        })
final class RedactCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", arity = "1..*", description = "The sessions.")
    private List<String> sessions = List.of();

    @Mixin
    private final MaskOptions masks = new MaskOptions();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        List<SessionSummary> found = chosen.findAll(sessions);
        Redaction redaction = masks.redaction(tape.places(), chosen);
        masks.warn();
        if (redaction.isNone()) {
            throw new TapeException("redact masks: --no-redact makes no sense here");
        }
        for (SessionSummary session : found) {
            long masked = Concealment.of(chosen, session.id(), redaction, Waiting.aloud());
            System.err.println("session " + session.id() + ": " + SessionText.count(masked, "more secret") + " masked");
        }
        return Qmptape.FINE;
    }
}
