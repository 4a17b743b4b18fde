package io.qmptape.cli;

import io.qmptape.analyzer.report.HtmlReport;
import io.qmptape.cli.TapeOption.Named;
import io.qmptape.store.export.MessageLinesWriter;
import io.qmptape.store.export.PcapngWriter;
import io.qmptape.store.export.QmpShellWriter;
import io.qmptape.store.export.RepliesWriter;
import io.qmptape.store.transcript.TranscriptWriter;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms that a session can be written in. */
enum ExportForm {
    TRANSCRIPT("transcript", ".jsonl", (named, out) -> {
        TranscriptWriter.write(named.source(), out);
        return List.of();
    }),
    REPLIES("replies", ".replies", (named, out) -> RepliesWriter.write(named.source(), out)),
    JSONL("jsonl", "", (named, out) -> MessageLinesWriter.write(named.source(), out)),
    PCAPNG("pcapng", ".pcapng", (named, out) -> PcapngWriter.write(named.source(), out)),
    QMP_SHELL("qmp-shell", ".qmp-shell", (named, out) -> QmpShellWriter.write(named.source(), out)),
    HTML("html", ".html", (named, out) -> {
        HtmlReport.write(named.summary(), named.source(), out);
        return List.of();
    });

    private final String word;
    /** Of files that can be meant for nothing else; empty for none. */
    private final String extension;

    private final Writer writer;

    /** Writes a session and says what of it has no place in the form. */
    @FunctionalInterface
    private interface Writer {
        List<String> write(Named named, OutputStream out);
    }

    ExportForm(String word, String extension, Writer writer) {
        this.word = word;
        this.extension = extension;
        this.writer = writer;
    }

    /** The form that is asked for by name, or else by the file's. */
    static ExportForm of(@Nullable String word, @Nullable Path file) {
        String name = file == null ? "" : String.valueOf(file.getFileName());
        return Arrays.stream(values())
                .filter(form -> word != null
                        ? form.word.equals(word)
                        : !form.extension.isEmpty() && name.endsWith(form.extension))
                .findFirst()
                .orElseGet(() -> otherwise(word));
    }

    private static ExportForm otherwise(@Nullable String word) {
        if (word != null) {
            throw new IllegalArgumentException("there is no format '" + word + "'; there are "
                    + String.join(
                            ", ", Arrays.stream(values()).map(form -> form.word).toList()));
        }
        return TRANSCRIPT;
    }

    /** Whether all but masked spans is in it, byte for byte. */
    boolean isLossless() {
        return this == TRANSCRIPT;
    }

    List<String> write(Named named, OutputStream out) {
        return writer.write(named, out);
    }
}
