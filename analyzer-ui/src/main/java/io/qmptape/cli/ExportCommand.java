package io.qmptape.cli;

import io.qmptape.cli.TapeOption.Named;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.Reason;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write a session as a transcript: text, a record a line, for git, tests and people.")
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", description = "The session.")
    private String session = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "F",
            description = "The file to write (default: stdout).")
    private @Nullable Path output;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        Named named = tape.session(session);
        if (output == null) {
            TranscriptWriter.write(named.source(), System.out);
            System.out.flush();
        } else {
            writeWhole(named, output);
            System.err.println("session " + named.summary().id() + " written to " + output);
        }
        if (named.summary().masked() > 0) {
            System.err.println(SessionText.count(named.summary().masked(), "secret")
                    + " of it masked: everything else is byte for byte what was sent");
        }
        return Qmptape.FINE;
    }

    /** All or nothing: a file that stands there already stays whole if this fails. */
    private static void writeWhole(Named named, Path file) {
        refuseUnlessFile(file);
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                TranscriptWriter.write(named.source(), out);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            delete(draft);
            throw new TapeException("cannot write " + file + ": " + reason(e), e);
        }
    }

    private static void refuseUnlessFile(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new TapeException("cannot write " + file + ": it is a directory");
        } else if (directory != null && !Files.isDirectory(directory)) {
            throw new TapeException("cannot write " + file + ": there is no directory " + directory);
        }
    }

    private static @Nullable String reason(Exception fault) {
        return fault instanceof IOException failed ? Reason.of(failed) : fault.getMessage();
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            System.err.println("qmptape: " + draft + " is left over: " + e.getMessage());
        }
    }
}
