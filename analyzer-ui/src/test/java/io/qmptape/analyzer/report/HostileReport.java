package io.qmptape.analyzer.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SummaryScan;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A report of a session in which everything that came from outside tries to be more than text.
 *
 * @param texts what its messages say, laid out as the report does
 */
public record HostileReport(Path file, List<String> texts) {
    private static final List<String> ATTACKS = List.of(
            "<script>window.harmed = 1</script>",
            "</pre></details></main><script>window.harmed = 1</script>",
            "<img src=x onerror=\"window.harmed = 1\">",
            "\"><svg onload='window.harmed = 1'>",
            "--><!--",
            "&lt;b&gt;&amp;#0;",
            "</style><style>@import 'http://192.0.2.1/'</style>");

    public static HostileReport write(Path file) throws IOException {
        List<String> texts = new ArrayList<>();
        List<SessionRecord> records = new ArrayList<>();
        SessionId id = new SessionId(new UUID(1, 2));
        String all = String.join(" ", ATTACKS);
        records.add(new Opened(
                id,
                new ClockPair(0, Instant.EPOCH, ""),
                Machine.named(all),
                Peer.UNKNOWN,
                Peer.UNKNOWN,
                all,
                all,
                "",
                all));
        for (String attack : ATTACKS) {
            String name = JsonNodeFactory.instance.textNode(attack).toString();
            records.add(frame(id, records.size(), "{\"execute\":" + name + "}", MessageKind.COMMAND));
            texts.add("{\n  \"execute\": " + name + "\n}");
            records.add(frame(id, records.size(), attack, MessageKind.NOISE));
            texts.add(attack);
        }
        SummaryScan scan = new SummaryScan();
        records.forEach(record -> scan.add(record, 0));
        try (OutputStream out = Files.newOutputStream(file)) {
            HtmlReport.write(scan.summaries().get(0), records::forEach, out);
        }
        return new HostileReport(file, texts);
    }

    private static FrameRecorded frame(SessionId id, int sequence, String text, MessageKind kind) {
        FrameKind frameKind = kind == MessageKind.NOISE ? FrameKind.NOISE : FrameKind.MESSAGE;
        Frame frame = new Frame(
                sequence, Direction.CLIENT_TO_SERVER, frameKind, Bytes.utf8(text), List.of(Mark.at(0, sequence)));
        return new FrameRecorded(id, frame, kind, List.of(), "", List.of());
    }
}
