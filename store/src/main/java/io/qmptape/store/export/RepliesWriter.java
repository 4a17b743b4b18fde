package io.qmptape.store.export;

import io.qmptape.conversation.Exchange;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSource;
import io.qmptape.store.json.JsonLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** libvirt's {@code .replies}: commands and their replies in turn, laid out over lines, a blank line between. */
public final class RepliesWriter {
    private static final int INDENT = 2;

    private RepliesWriter() {}

    /**
     * Holds the session in memory.
     *
     * @return what of the session is not in it
     * @throws UncheckedIOException if {@code out} cannot be written
     */
    public static List<String> write(SessionSource source, OutputStream out) {
        RecordedSession session = RecordedSession.load(source);
        Losses losses = new Losses();
        session.records().forEach(record -> count(record, losses));
        boolean isFirst = true;
        for (Exchange exchange : Exchange.of(session.frames())) {
            if (exchange.reply().isEmpty()) {
                losses.add("command without a reply");
                continue;
            }
            write((isFirst ? "" : "\n"), exchange.command(), out);
            write("\n", exchange.reply().get(), out);
            isFirst = false;
        }
        return losses.told();
    }

    private static void count(SessionRecord record, Losses losses) {
        if (record instanceof SessionRecord.Gap) {
            losses.add("gap");
        } else if (record instanceof FrameRecorded recorded) {
            MessageKind kind = recorded.message();
            switch (kind) {
                case GREETING, EVENT -> losses.add(kind.word());
                case NOISE, UNRECOGNIZED -> losses.add("frame that is no message");
                default -> {}
            }
        }
    }

    private static void write(String before, FrameRecorded recorded, OutputStream out) {
        try {
            Bytes laid = JsonLayout.indented(recorded.frame().body(), INDENT);
            Bytes.join(List.of(Bytes.utf8(before), laid, Bytes.utf8("\n"))).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the export: " + e.getMessage(), e);
        }
    }
}
