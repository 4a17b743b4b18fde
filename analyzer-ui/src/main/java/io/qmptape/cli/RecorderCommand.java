package io.qmptape.cli;

import io.qmptape.handover.OnTapeFailure;
import io.qmptape.store.Tape;
import io.qmptape.store.recorder.PipedRecorder;
import io.qmptape.store.recorder.Recorder;
import io.qmptape.traffic.SystemClock;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "recorder",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Write what a relay hands over on stdin to a tape. Started by `record`, and by nobody else.")
final class RecorderCommand implements Callable<Integer> {
    static final String RULES = "--rules";

    @Option(names = RULES, paramLabel = "HASH", description = "Refuse to record by other rules than these.")
    private @Nullable String rulesMeant;

    @Mixin
    private final RuleOptions options = new RuleOptions();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        // the pipe is for receipts alone
        System.setOut(System.err);
        Tape chosen = tape.tape();
        TapeRules rules = options.rules(tape.places(), chosen);
        String found = options.fingerprint(tape.places(), rules);
        if (rulesMeant != null && !rulesMeant.equals(found)) {
            throw new IllegalArgumentException(
                    "the rules of what is masked, or the key, are not those that the recording"
                            + " began with, so nothing is recorded: put them back, or start it anew");
        }
        SystemClock clock = new SystemClock();
        Recorder.Means means = new Recorder.Means(RecorderHere.judging(), rules.redaction(), clock, rules.recorder());
        try (Caretaker caretaker = new Caretaker(chosen, rules.care(), clock)) {
            PipedRecorder.run(
                    chosen,
                    means,
                    new PipedRecorder.Pipes(
                            new FileInputStream(FileDescriptor.in),
                            new FileOutputStream(FileDescriptor.out),
                            options.isRecordedFirst()),
                    new PipedRecorder.Turns(
                            caretaker::start,
                            options.onTapeFailure() == OnTapeFailure.REFUSE ? RecorderCommand::giveUp : () -> {}));
        }
        return Qmptape.FINE;
    }

    /**
     * Leaves it to a successor to record what could not be recorded now: the relay keeps it. As abruptly as by a kill, for nothing more
     * may come onto the tape, a gap least of all.
     */
    private static void giveUp() {
        Runtime.getRuntime().halt(Qmptape.TROUBLE);
    }
}
