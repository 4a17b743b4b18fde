package io.qmptape.store.recorder;

import io.qmptape.store.Tape;
import io.qmptape.store.chronicle.ChronicleReels;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.redaction.RedactionKey;
import io.qmptape.traffic.SystemClock;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link PipedRecorder} in a process of its own, with small reels. */
final class PipedChild {
    private PipedChild() {}

    /** Arguments: the tape's directory, the file of its key, bytes a reel. */
    public static void main(String[] args) {
        System.setOut(System.err);
        RecorderOptions options = RecorderOptions.defaults().withReelBytes(Long.parseLong(args[2]));
        Redaction redaction = Redaction.with(RedactionKey.readOrCreate(Path.of(args[1])));
        PipedRecorder.run(
                new Tape(Path.of(args[0]), new ChronicleReels()),
                new Recorder.Means(Judging.none(), redaction, new SystemClock(), options),
                new PipedRecorder.Pipes(
                        new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), false),
                new PipedRecorder.Turns(() -> {}, () -> {}));
    }

    static Process start(Path tape, Path key, long reelBytes) throws IOException {
        List<String> command = new ArrayList<>(ChildProcess.java());
        command.addAll(List.of(PipedChild.class.getName(), tape.toString(), key.toString(), Long.toString(reelBytes)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
