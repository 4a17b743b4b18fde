package io.qmptape.cli;

import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeWriter;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.traffic.SessionId;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Put transcripts onto a tape; prints the ids of what it made, one a line.")
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "F", arity = "1..*", description = "Transcript files.")
    private List<Path> files = List.of();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        List<RecordedSession> sessions =
                files.stream().map(TranscriptReader::read).toList();
        Tape target = tape.tape();
        target.create();
        Set<SessionId> present = new HashSet<>();
        target.sessions().stream().map(SessionSummary::id).forEach(present::add);
        List<RecordedSession> fresh =
                sessions.stream().filter(session -> isFresh(session, present)).toList();
        if (!fresh.isEmpty()) {
            append(target, fresh);
        }
        return Qmptape.FINE;
    }

    private static boolean isFresh(RecordedSession session, Set<SessionId> present) {
        SessionId id = session.opened().session();
        if (!present.add(id)) {
            System.err.println("session " + id + " is on the tape already");
            return false;
        }
        return true;
    }

    private static void append(Tape target, List<RecordedSession> sessions) {
        try (TapeWriter writer = new TapeWriter(target)) {
            for (RecordedSession session : sessions) {
                session.records().forEach(record -> writer.append(record, System.currentTimeMillis()));
                System.out.println(session.opened().session());
            }
        }
    }
}
