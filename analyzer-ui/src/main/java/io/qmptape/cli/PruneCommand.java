package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.care.Pruning;
import io.qmptape.store.care.RetentionLimits;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = "Drop the oldest of a tape until it is within limits. Pinned sessions stay.",
        footer = {
            "",
            "A reel goes as a whole when its newest record is too old, or until the tape is",
            "small enough; pinned sessions in it are kept. What is being written stays.",
            "Who pruned what and when stays written: qmptape verify tells it."
        })
final class PruneCommand implements Callable<Integer> {
    @Mixin
    private final RetentionOptions retention = new RetentionOptions();

    @Option(names = "--machine", paramLabel = "VM", description = "Drop only sessions of this machine.")
    private @Nullable String machine;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean isDry;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        RetentionLimits limits = retention.limits();
        if (limits.limitNothing()) {
            throw new TapeException("prune needs a limit: --keep-age, --keep-size or --keep-free");
        }
        Tape chosen = tape.tape();
        chosen.identity();
        RetentionLimits meant = machine == null ? limits : limits.of(machine);
        List<Pruning.Cut> cuts =
                isDry ? Pruning.plan(chosen, meant, Instant.now()) : Pruning.of(chosen, meant, Instant.now());
        cuts.forEach(this::print);
        long bytes = cuts.stream().mapToLong(Pruning.Cut::bytes).sum();
        System.err.println((isDry ? "would free " : "freed ") + "about " + Amounts.size(bytes));
        return Qmptape.FINE;
    }

    private void print(Pruning.Cut cut) {
        cut.parts().forEach(part -> {
            if (json.isOn()) {
                JsonOption.print(JsonOption.object()
                        .put("reel", cut.reel())
                        .put("session", part.session().toString())
                        .put("machine", part.machine())
                        .put("records", part.records())
                        .put("last", Instant.ofEpochMilli(part.toMillis()).toString()));
            } else {
                System.out.println(part.session() + "  " + Times.stamp(Instant.ofEpochMilli(part.toMillis())) + "  "
                        + SessionText.count(part.records(), "record") + "  " + Printable.of(part.machine(), 40));
            }
        });
    }
}
