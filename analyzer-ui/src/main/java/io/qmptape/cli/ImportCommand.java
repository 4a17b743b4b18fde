package io.qmptape.cli;

import io.qmptape.store.Intake;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.Tape;
import io.qmptape.store.TapeException;
import io.qmptape.store.foreign.ForeignFormat;
import io.qmptape.store.foreign.ForeignRecording;
import io.qmptape.store.recorder.Scribes;
import io.qmptape.store.redaction.MaskRules;
import io.qmptape.store.redaction.Redaction;
import io.qmptape.store.transcript.TranscriptReader;
import io.qmptape.traffic.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Put transcripts and recordings of other tools onto a tape; prints the ids of what it made, one a line.",
            "All files come onto the tape, or none. What of a recording cannot be understood is told by line,"
                    + " the rest is imported, and the exit code is 1."
        },
        footer = {
            "",
            "Formats, plain or packed by gzip; they are recognised, and --format overrides:",
            "  transcript  our own",
            "  chunks      raw reads, {\"t\",\"dir\",\"data\"} a line",
            "  jsonl       messages, {\"dir\",\"msg\"} a line; \"time\" or \"t\" if there are times",
            "  socat       what socat -v writes on stderr",
            "  incus       Incus' qmp log of a machine",
            "  libvirt     libvirtd's log with log_filters=\"1:qemu.qemu_monitor\"",
            "  trace       QEMU's log with -trace 'monitor_qmp_*' -trace handle_qmp_command -msg timestamp=on",
            "  replies     libvirt's .replies: greeting and times are made up",
            "",
            "A transcript keeps every byte. Give a --mask... option, and what is left to mask",
            "in it is masked; stand-ins that it has stay. Other recordings are masked always."
        })
final class ImportCommand implements Callable<Integer> {
    private static final String TRANSCRIPT = "transcript";

    @Parameters(paramLabel = "F", arity = "1..*", description = "Files to read.")
    private List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "What the files are, for all of them.")
    private @Nullable String format;

    @Option(
            names = "--name",
            paramLabel = "VM",
            description = "The machine's name, for recordings of other tools (default: the file's name).")
    private @Nullable String name;

    @Mixin
    private final MaskOptions masks = new MaskOptions();

    @Mixin
    private final TapeOption tape = new TapeOption();

    @Override
    public Integer call() {
        MaskRules rules = masks.rules(tape.places());
        List<Incoming> incoming = new ArrayList<>();
        for (Path file : files) {
            incoming.add(read(file, rules));
        }
        boolean isUnderstood = true;
        for (Incoming each : incoming) {
            isUnderstood &= each.tell();
        }
        Tape target = tape.tape();
        Redaction redaction = masks.redaction(tape.places(), target);
        masks.warn();
        target.create();
        Set<SessionId> fresh = fresh(target, incoming);
        if (!fresh.isEmpty()) {
            write(target, masked(incoming, redaction), fresh, redaction);
        }
        return isUnderstood ? Qmptape.FINE : Qmptape.DIFFERENT;
    }

    private Incoming read(Path file, MaskRules rules) {
        boolean isOurs = format == null
                ? Files.isRegularFile(file) && TranscriptReader.recognises(file)
                : format.equals(TRANSCRIPT);
        return isOurs ? new Incoming.Transcript(TranscriptReader.read(file)) : foreign(file, rules);
    }

    private Incoming foreign(Path file, MaskRules rules) {
        Optional<ForeignFormat> chosen = Optional.ofNullable(format).map(ImportCommand::chosen);
        ForeignRecording.Request request = new ForeignRecording.Request(file, chosen, Optional.ofNullable(name), rules);
        ForeignRecording recording;
        try (ProgressBar bar =
                new ProgressBar("reading " + file.getFileName(), file.toFile().length())) {
            recording = ForeignRecording.inspect(request, bar::at);
        }
        if (recording.sessions().isEmpty()) {
            throw new TapeException("nothing in " + file + " is QMP, read as "
                    + recording.format().text());
        }
        return new Incoming.Foreign(file, recording);
    }

    private static ForeignFormat chosen(String word) {
        try {
            return ForeignFormat.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new TapeException(e.getMessage() + ", " + TRANSCRIPT, e);
        }
    }

    private static Set<SessionId> fresh(Tape target, List<Incoming> incoming) {
        Set<SessionId> present = new HashSet<>();
        target.sessions().stream().map(SessionSummary::id).forEach(present::add);
        Set<SessionId> fresh = new LinkedHashSet<>();
        incoming.stream().flatMap(each -> each.sessions().stream()).forEach(id -> {
            if (present.add(id)) {
                fresh.add(id);
            } else {
                System.err.println("session " + id + " is on the tape already");
            }
        });
        return fresh;
    }

    /** A transcript comes as it is, unless somebody says how to mask: export and import are lossless. */
    private List<Incoming> masked(List<Incoming> incoming, Redaction redaction) {
        return masks.areGiven() && !redaction.isNone()
                ? incoming.stream().map(each -> each.masked(redaction)).toList()
                : incoming;
    }

    private static void write(Tape target, List<Incoming> incoming, Set<SessionId> fresh, Redaction redaction) {
        Set<SessionId> left = new HashSet<>(fresh);
        try (Intake intake = new Intake(target)) {
            for (Incoming each : incoming) {
                Consumer<SessionRecord> sink = intake::append;
                each.write(left, sink, made -> new Scribes(RecorderHere.judging(), redaction, made));
                left.removeAll(each.sessions());
            }
            intake.complete();
        }
        fresh.forEach(System.out::println);
    }
}
