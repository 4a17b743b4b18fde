package io.qmptape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.store.Tape;
import io.qmptape.store.care.Fault;
import io.qmptape.store.care.Verification;
import io.qmptape.store.care.VerifyReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Read every byte of a tape and tell what is not as it was written; exit code 1 if there is such.",
        footer = {
            "",
            "Whoever can write to the tape can write its chain anew, or cut its end off.",
            "Keep the head that this prints somewhere else, and give it back with --expect:",
            "then that is found too."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MAX_NOTES = 10;

    @Option(
            names = "--expect",
            paramLabel = "HEAD",
            description = "A head that was printed earlier, as 12:9f86d0…: the tape must still hold it.")
    private @Nullable String expected;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Tape chosen = tape.tape();
        VerifyReport report;
        try (ProgressBar bar = new ProgressBar("verifying", chosen.reels().all().size())) {
            report = Verification.of(chosen, (done, all) -> bar.at(done));
        }
        boolean isMissed = expected != null && !chosen.ledger().read().holds(expected);
        if (json.isOn()) {
            report.faults().forEach(VerifyCommand::printJson);
            printJson(report, isMissed);
        } else {
            report.faults().forEach(fault -> System.out.println(Printable.of(fault.toString(), 400)));
            print(report, isMissed);
        }
        return report.isSound() && !isMissed ? Qmptape.FINE : Qmptape.DIFFERENT;
    }

    private void print(VerifyReport report, boolean isMissed) {
        tell(report.notes());
        if (isMissed) {
            System.out.println("the tape does not hold the head " + Printable.of(String.valueOf(expected), 100)
                    + ": its end was cut off, or it was written anew");
        }
        System.out.println(SessionText.count(report.reels(), "reel") + ", "
                + SessionText.count(report.sessions(), "session") + ", "
                + SessionText.count(report.records(), "record") + ": "
                + (report.isSound()
                        ? "sound"
                        : SessionText.count(report.faults().size(), "fault")));
        System.out.println("head " + report.head());
        if (!report.isSound()) {
            System.err.println("qmptape repair keeps what is sound and says what it leaves");
        }
    }

    private static void tell(List<String> notes) {
        notes.stream().limit(MAX_NOTES).forEach(note -> System.err.println(Printable.of(note, 400)));
        if (notes.size() > MAX_NOTES) {
            System.err.println("and " + (notes.size() - MAX_NOTES) + " more notes: --json shows them");
        }
    }

    private static void printJson(Fault fault) {
        JsonOption.print(JsonOption.object()
                .put("reel", fault.reel())
                .put("place", fault.place())
                .put("session", fault.session())
                .put("fault", fault.what()));
    }

    private static void printJson(VerifyReport report, boolean isMissed) {
        ObjectNode object = JsonOption.object()
                .put("reels", report.reels())
                .put("sessions", report.sessions())
                .put("records", report.records())
                .put("faults", report.faults().size())
                .put("head", report.head())
                .put("holdsExpected", !isMissed);
        report.notes().forEach(object.putArray("notes")::add);
        JsonOption.print(object);
    }
}
