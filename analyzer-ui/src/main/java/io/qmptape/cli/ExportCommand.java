package io.qmptape.cli;

import io.qmptape.cli.TapeOption.Named;
import io.qmptape.store.TapeException;
import io.qmptape.store.files.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write a session as a transcript: text, a record a line, for git, tests and people; or as:",
        footer = {
            "",
            "FORMAT, by default that of F's extension, else a transcript:",
            "  transcript  all there is, byte for byte (*.qmp.jsonl)",
            "  replies     libvirt's commands and replies in turn (*.replies)",
            "  jsonl       messages for scripts, {\"time\",\"dir\",\"msg\"} a line",
            "  pcapng      a capture for Wireshark; samples/wireshark has a dissector (*.pcapng)",
            "  qmp-shell   the commands, for qmp-shell's stdin (*.qmp-shell)",
            "  html        a report that a browser opens from disk (*.html)",
            "",
            "What a format has no room for is told on stderr."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "S", description = "The session.")
    private String session = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "F",
            description = "The file to write (default: stdout).")
    private @Nullable Path output;

    @Option(names = "--format", paramLabel = "FORMAT", description = "The form to write.")
    private @Nullable String format;

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        ExportForm form = ExportForm.of(format, output);
        Named named = tape.session(session);
        List<String> losses;
        if (output == null) {
            losses = form.write(named, System.out);
            System.out.flush();
        } else {
            losses = writeWhole(named, form, output);
            System.err.println("session " + named.summary().id() + " written to " + output);
        }
        losses.forEach(loss -> System.err.println("not in it: " + loss));
        if (named.summary().opened().isUnmasked()) {
            System.err.println(
                    "qmptape: warning: this session was recorded in clear: its secrets are in the transcript");
        }
        if (named.summary().masked() > 0) {
            System.err.println(SessionText.count(named.summary().masked(), "secret") + " of it masked"
                    + (form.isLossless() ? ": everything else is byte for byte what was sent" : ""));
        }
        return Qmptape.FINE;
    }

    /** All or nothing: a file that stands there already stays whole if this fails. */
    private static List<String> writeWhole(Named named, ExportForm form, Path file) {
        refuseUnlessFile(file);
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            List<String> losses;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                losses = form.write(named, out);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            return losses;
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
