package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.care.Packing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        description = "Pack what is finished of a tape, so that it takes a fraction of the room.",
        footer = {
            "",
            "A packed reel is read, searched and verified as before; an older qmptape",
            "refuses it. What is being written, and what is not as it was sealed, stays.",
            "qmptape record does this by itself: see its --pack-after."
        })
final class PackCommand implements Callable<Integer> {
    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Only what has been finished for so long, as 12h (default: all that is finished).")
    private String age = "";

    @Option(names = "--dry-run", description = "Only say what would be packed.")
    private boolean isDry;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Duration sealedFor = Amounts.duration(age);
        Tape chosen = tape.tape();
        chosen.identity();
        Packing packing = new Packing(chosen);
        List<String> due = packing.due(sealedFor, Instant.now());
        if (isDry) {
            due.forEach(reel -> print(reel, packing.diskBytes(reel), Optional.empty()));
            System.err.println("would pack " + SessionText.count(due.size(), "reel") + " of about "
                    + Amounts.size(due.stream().mapToLong(packing::diskBytes).sum()));
            return Qmptape.FINE;
        }
        return pack(packing, due);
    }

    private int pack(Packing packing, List<String> due) {
        List<Packing.Packed> packed = new ArrayList<>();
        List<String> left = new ArrayList<>();
        try (ProgressBar bar = new ProgressBar("packing", due.size())) {
            for (String reel : due) {
                packing.pack(reel).ifPresentOrElse(packed::add, () -> left.add(reel));
                bar.at(packed.size() + left.size());
            }
        }
        packed.forEach(reel -> print(reel.reel(), reel.before(), Optional.of(reel.after())));
        left.forEach(reel -> System.err.println("left the reel " + Printable.of(reel, 100)
                + " as it is: it is not what was sealed (qmptape verify tells more), or too large"));
        long before = packed.stream().mapToLong(Packing.Packed::before).sum();
        long after = packed.stream().mapToLong(Packing.Packed::after).sum();
        System.err.println("packed " + SessionText.count(packed.size(), "reel") + ": about " + Amounts.size(before)
                + " became " + Amounts.size(after));
        return left.isEmpty() ? Qmptape.FINE : Qmptape.DIFFERENT;
    }

    private void print(String reel, long before, Optional<Long> after) {
        if (json.isOn()) {
            var object = JsonOption.object().put("reel", reel).put("before", before);
            after.ifPresent(bytes -> object.put("after", bytes));
            JsonOption.print(object);
        } else {
            System.out.println(Printable.of(reel, 100) + "  " + Amounts.size(before)
                    + after.map(bytes -> " -> " + Amounts.size(bytes)).orElse(""));
        }
    }
}
