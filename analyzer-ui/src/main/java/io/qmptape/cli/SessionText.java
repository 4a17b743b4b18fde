package io.qmptape.cli;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSummary;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A session for a terminal: a message a line, findings below it. */
final class SessionText implements Consumer<SessionRecord> {
    private static final int MAX_LINE = 2_000;

    private final SessionSummary summary;
    private final PrintStream out;
    private final Pairing pairing = new Pairing();

    SessionText(SessionSummary summary, PrintStream out) {
        this.summary = summary;
        this.out = out;
    }

    @Override
    public void accept(SessionRecord record) {
        if (record instanceof Opened opened) {
            opened(opened);
        } else if (record instanceof FrameRecorded recorded) {
            frame(recorded);
        } else if (record instanceof HalfClosed half) {
            note(
                    half,
                    (half.direction() == Direction.CLIENT_TO_SERVER ? "the client" : "the server") + " sends no more");
        } else if (record instanceof Gap gap) {
            note(
                    gap,
                    "GAP: " + gap.bytes() + " bytes " + gap.direction().word() + " are not on the tape (" + gap.reason()
                            + ")");
        } else if (record instanceof ClockRead read) {
            note(read, "clock " + Times.stamp(read.clock().wall()));
        } else if (record instanceof Closed closed) {
            note(closed, "closed: " + closed.cause().words());
        }
    }

    void end() {
        out.println();
        out.println(count(summary.frames(), "message") + ", " + count(summary.errors(), "error") + ", "
                + count(summary.findings(), "finding") + masked());
    }

    private String masked() {
        return summary.masked() == 0 ? "" : ", " + count(summary.masked(), "secret") + " masked";
    }

    /** On one line, however it was printed. */
    static String flat(String json) {
        return json.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void opened(Opened opened) {
        out.println("session  " + opened.session());
        out.println("machine  " + Printable.of(opened.machine().name(), 200)
                + (summary.qemuVersion().isEmpty() ? "" : ", QEMU " + Printable.of(summary.qemuVersion(), 40)));
        out.println("began    " + Times.stamp(opened.clock().wall()));
        if (!opened.origin().equals(Opened.RECORDED)) {
            out.println("origin   " + Printable.of(opened.origin(), 200));
        }
        if (opened.isUnmasked()) {
            out.println("masking  " + opened.masking());
        }
        out.println("way      " + Printable.of(opened.listen(), 200) + " to " + Printable.of(opened.upstream(), 200));
        out.println();
    }

    private void frame(FrameRecorded recorded) {
        Message message = recorded.read();
        Optional<Pairing.Asked> asked = pairing.accept(recorded.frame(), message);
        String latency = asked.map(command ->
                        Times.span(Duration.ofNanos(recorded.frame().completedAtNanos() - command.sentAtNanos())))
                .orElse("");
        String arrow = recorded.frame().direction() == Direction.CLIENT_TO_SERVER ? "->" : "<-";
        String text = Printable.of(flat(recorded.frame().body().text()), MAX_LINE);
        out.printf(
                Locale.ROOT,
                "%6d %12s %s %-12s %10s  %s%n",
                recorded.sequence(),
                offset(recorded.atNanos()),
                arrow,
                word(message, asked),
                latency,
                text);
        recorded.frame().marks().forEach(this::descriptors);
        recorded.findings().forEach(this::finding);
    }

    /** Which kinds came with that byte of the message and of the white space before it. */
    private void descriptors(Mark mark) {
        if (!mark.descriptors().isEmpty()) {
            Map<DescriptorKind, Integer> counts = new LinkedHashMap<>();
            mark.descriptors().forEach(kind -> counts.merge(kind, 1, Integer::sum));
            String kinds = counts.entrySet().stream()
                    .map(kind -> count(kind.getValue(), kind.getKey().name().toLowerCase(Locale.ROOT)))
                    .collect(Collectors.joining(", "));
            out.printf(Locale.ROOT, "%22s passed with byte %d: %s%n", "", mark.offset(), kinds);
        }
    }

    private static String word(Message message, Optional<Pairing.Asked> asked) {
        return message.kind().word() + (asked.isPresent() ? " #" + asked.get().sequence() : "");
    }

    void finding(Finding finding) {
        out.printf(
                Locale.ROOT,
                "%22s %s %s at %s: %s%n",
                "",
                finding.severity().word(),
                finding.rule(),
                Printable.of(finding.path(), 200),
                Printable.of(finding.text(), 400));
    }

    private void note(SessionRecord record, String text) {
        out.printf(Locale.ROOT, "%6s %12s -- %s%n", "", offset(record.atNanos()), Printable.of(text, 400));
    }

    /** Seconds since the session was opened. */
    String offset(long atNanos) {
        return String.format(Locale.ROOT, "+%.6f", (atNanos - summary.opened().atNanos()) / 1e9);
    }
}
