package io.qmptape.analyzer.report;

import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSource;
import io.qmptape.store.SessionSummary;
import io.qmptape.store.json.JsonLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Writes a session as one HTML file that a browser opens from disk: a line for each message, its JSON below it. It needs
 * no network and holds no script, and its own policy forbids both.
 */
public final class HtmlReport {
    private static final int BRIEF = 240;
    private static final int INDENT = 2;
    private static final double NANOS_IN_MILLI = 1e6;

    private final OutputStream out;
    private final SessionSummary summary;
    private final Pairing pairing = new Pairing();

    private HtmlReport(SessionSummary summary, OutputStream out) {
        this.summary = summary;
        this.out = out;
    }

    /** @throws UncheckedIOException if {@code out} cannot be written */
    public static void write(SessionSummary summary, SessionSource source, OutputStream out) {
        HtmlReport report = new HtmlReport(summary, out);
        report.begin();
        source.read(report::record);
        report.print("</main>\n<footer>Written by qmptape. No network, no script.</footer>\n</body>\n</html>\n");
    }

    private void begin() {
        ReportStyle style = new ReportStyle();
        Opened opened = summary.opened();
        String machine = HtmlText.of(opened.machine().name());
        print("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        print("<meta http-equiv=\"Content-Security-Policy\" content=\"" + style.policy() + "\">\n");
        print("<meta name=\"viewport\" content=\"width=device-width\">\n");
        print("<meta name=\"referrer\" content=\"no-referrer\">\n");
        print("<title>" + machine + " · qmptape session " + opened.session().brief() + "</title>\n");
        print("<style>" + style.css() + "</style>\n</head>\n<body>\n<h1>" + machine + "</h1>\n<dl>\n");
        fact("Session", opened.session().toString());
        fact("QEMU", summary.qemuVersion().isEmpty() ? "not told" : summary.qemuVersion());
        fact("Began", opened.clock().wall().toString());
        fact("Way", opened.listen() + " to " + opened.upstream());
        fact("Origin", opened.origin());
        fact("Messages", counts());
        print("</dl>\n<main>\n");
    }

    private String counts() {
        return summary.frames() + ", errors " + summary.errors() + ", findings " + summary.findings()
                + ", masked secrets " + summary.masked() + ", gaps " + summary.gaps();
    }

    private void fact(String name, String value) {
        print("<dt>" + name + "</dt><dd>" + HtmlText.brief(value, BRIEF) + "</dd>\n");
    }

    private void record(SessionRecord record) {
        if (record instanceof FrameRecorded recorded) {
            frame(recorded);
        } else if (record instanceof HalfClosed half) {
            boolean isClient = half.direction() == Direction.CLIENT_TO_SERVER;
            note(half, (isClient ? "the client" : "the server") + " sends no more");
        } else if (record instanceof Gap gap) {
            note(gap, gap.bytes() + " bytes " + gap.direction().word() + " are not here: " + gap.reason());
        } else if (record instanceof Closed closed) {
            note(closed, "closed: " + closed.cause().words());
        }
    }

    private void frame(FrameRecorded recorded) {
        Frame frame = recorded.frame();
        Message message = recorded.read();
        String latency = pairing.accept(frame, message)
                .map(asked -> millis(frame.completedAtNanos() - asked.sentAtNanos()) + " ms")
                .orElse("");
        boolean isMessage = frame.kind() == FrameKind.MESSAGE;
        Bytes body = frame.body();
        String line = isMessage ? JsonLayout.oneLine(body).text() : body.text();
        String arrow = frame.direction() == Direction.CLIENT_TO_SERVER ? "→" : "←";
        print("<details class=\"" + message.kind().word() + "\" id=\"m" + frame.sequence() + "\"><summary>");
        cell("seq", String.valueOf(frame.sequence()));
        cell("at", at(recorded));
        cell("way", arrow);
        cell("kind", message.kind().word());
        cell("took", latency);
        print("<span class=\"text\">" + HtmlText.brief(line, BRIEF) + "</span></summary>");
        recorded.findings()
                .forEach(finding -> print("<p class=\"said\">"
                        + HtmlText.of(finding.severity().word() + " " + finding.rule() + " at " + finding.path() + ": "
                                + finding.text())
                        + "</p>"));
        String full = isMessage ? JsonLayout.indented(body, INDENT).text() : body.text();
        print("<pre>" + HtmlText.of(full) + "</pre></details>\n");
    }

    private void note(SessionRecord record, String text) {
        print("<p class=\"note\">");
        cell("seq", "");
        cell("at", at(record));
        print("<span class=\"text\">" + HtmlText.of(text) + "</span></p>\n");
    }

    private void cell(String kind, String text) {
        print("<span class=\"" + kind + "\">" + text + "</span>");
    }

    private String at(SessionRecord record) {
        return "+" + millis(record.atNanos() - summary.opened().atNanos());
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_IN_MILLI);
    }

    private void print(String text) {
        try {
            Bytes.utf8(text).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report: " + e.getMessage(), e);
        }
    }
}
