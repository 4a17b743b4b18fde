package io.qmptape.cli;

import io.qmptape.cli.TapeOption.Named;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print one session, a message a line, runs of polls folded; --json prints it as a transcript.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", description = "The session.")
    private String session = "";

    @Option(
            names = "--raw",
            paramLabel = "DIR",
            description =
                    "Print the bytes of one direction alone, c2s or s2c, a message a line: for socat and the like.")
    private @Nullable String raw;

    @Option(names = "--unfold", description = "Print every poll; --json and --raw always do.")
    private boolean isUnfolded;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Named named = tape.session(session);
        if (raw != null) {
            Direction direction = Direction.ofWord(raw);
            named.source().read(record -> printRaw(record, direction));
        } else if (json.isOn()) {
            TranscriptWriter.write(named.source(), System.out);
        } else {
            print(named);
        }
        System.out.flush();
        return Qmptape.FINE;
    }

    private void print(Named named) {
        SessionText text = new SessionText(named.summary(), System.out);
        if (isUnfolded) {
            named.source().read(text);
            text.end();
        } else {
            FoldedText folded = new FoldedText(text, System.out);
            named.source().read(folded);
            folded.end();
        }
    }

    private static void printRaw(SessionRecord record, Direction direction) {
        if (record instanceof FrameRecorded recorded && recorded.frame().direction() == direction) {
            try {
                recorded.frame().body().writeTo(System.out);
                Bytes.utf8("\n").writeTo(System.out);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write to stdout: " + e.getMessage(), e);
            }
        }
    }
}
