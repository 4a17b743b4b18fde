package io.qmptape.cli;

import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Deletion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Take sessions off the tape for good. That they were there, and who deleted them, stays written.",
        footer = {
            "",
            "A session must have ended. If its reel is still being written, its recorder ends",
            "that and goes on in the next one, with all that is open."
        })
final class DeleteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", arity = "1..*", description = "The sessions.")
    private List<String> sessions = List.of();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        // all are found before the first goes: latest~1 means something else afterwards
        List<SessionSummary> found = chosen.findAll(sessions);
        for (SessionSummary session : found) {
            long records = Deletion.of(chosen, session.id(), Waiting.aloud());
            System.err.println("deleted session " + session.id() + ", " + SessionText.count(records, "record"));
        }
        // what was counted of them and kept outside the tape goes with the next list
        chosen.sessions();
        return Qmptape.FINE;
    }
}
