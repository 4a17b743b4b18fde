package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.care.Repair;
import io.qmptape.traffic.SystemClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = "Keep all of a tape that is sound and say what is left; close what a dead recorder left open.")
final class RepairCommand implements Callable<Integer> {
    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        if (!chosen.exists()) {
            throw new TapeException("there is no tape in " + chosen.directory() + ": name one with --tape");
        }
        List<String> told = Repair.of(chosen, new SystemClock());
        told.forEach(line -> System.out.println(Printable.of(line, 400)));
        if (told.isEmpty()) {
            System.err.println("there was nothing to repair");
        }
        return Qmptape.FINE;
    }
}
