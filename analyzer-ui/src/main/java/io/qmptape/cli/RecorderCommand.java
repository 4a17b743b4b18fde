package io.qmptape.cli;

import io.qmptape.store.Tape;
import io.qmptape.store.recorder.PipedRecorder;
import io.qmptape.store.recorder.Recorder;
import io.qmptape.traffic.SystemClock;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "recorder",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Write what a relay hands over on stdin to a tape. Started by `record`, and by nobody else.")
final class RecorderCommand implements Callable<Integer> {
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
        SystemClock clock = new SystemClock();
        Recorder.Means means = new Recorder.Means(RecorderHere.judging(), rules.redaction(), clock, rules.recorder());
        try (Caretaker caretaker = new Caretaker(chosen, rules.care(), clock)) {
            PipedRecorder.run(
                    chosen,
                    means,
                    new PipedRecorder.Pipes(
                            new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out)),
                    caretaker::start);
        }
        return Qmptape.FINE;
    }
}
