package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.ledger.LedgerEntry;
import io.qmptape.store.ledger.LedgerEntry.Pinned;
import io.qmptape.store.ledger.LedgerEntry.Unpinned;
import io.qmptape.traffic.SessionId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Keep sessions whatever prune and the recorders' limits say; without S, list what is pinned.")
final class PinCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", arity = "0..*", description = "The sessions.")
    private List<String> sessions = List.of();

    @Option(names = "--off", description = "Let them go again.")
    private boolean isOff;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        chosen.identity();
        Set<SessionId> pinned = chosen.ledger().read().pinned();
        if (sessions.isEmpty()) {
            pinned.forEach(System.out::println);
            return Qmptape.FINE;
        }
        List<LedgerEntry> entries = chosen.findAll(sessions).stream()
                .filter(session -> pinned.contains(session.id()) == isOff)
                .map(session -> isOff ? (LedgerEntry) new Unpinned(session.id()) : new Pinned(session.id()))
                .toList();
        if (!entries.isEmpty()) {
            chosen.ledger().append(entries);
        }
        return Qmptape.FINE;
    }
}
