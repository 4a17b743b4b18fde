package io.qmptape.cli;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionSource;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.SummaryScan;
import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.transcript.TranscriptReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --tape DIR}, and the sessions that a person names on it. */
final class TapeOption {
    @Option(
            names = "--tape",
            paramLabel = "DIR",
            description = "The tape's directory (default: $XDG_STATE_HOME/qmptape, else ~/.local/state/qmptape).")
    private @Nullable Path directory;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    Tape tape() {
        Path chosen = directory;
        return new Tape(chosen == null ? places().tape() : chosen, new ChronicleReels()).cachingIn(places().cache());
    }

    /** Where the other files of this run lie. */
    Places places() {
        CommandSpec mixee = Objects.requireNonNull(command, "picocli names the command before it runs it");
        return ((Qmptape) mixee.root().userObject()).places();
    }

    /** A session, from the tape or from a transcript file. */
    Named session(String reference) {
        Path file = Path.of(reference);
        if (reference.contains("/") || reference.endsWith(".jsonl") || Files.isRegularFile(file)) {
            RecordedSession session = TranscriptReader.read(file);
            SummaryScan scan = new SummaryScan();
            session.records().forEach(record -> scan.add(record, 0));
            return new Named(scan.summaries().get(0), session.records()::forEach);
        }
        Tape tape = tape();
        SessionSummary summary = tape.find(reference);
        return new Named(summary, tape.session(summary.id()));
    }

    /** A session that was found. */
    record Named(SessionSummary summary, SessionSource source) {
        RecordedSession load() {
            return RecordedSession.load(source);
        }
    }
}
