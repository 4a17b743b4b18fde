package io.qmptape.store.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSource;
import io.qmptape.store.json.JsonLayout;
import io.qmptape.store.json.StrictJson;
import io.qmptape.store.transcript.LineEnds;
import io.qmptape.traffic.ClockPair;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Messages for scripts and other tools: {@code {"time","dir","msg"}} a line, strict JSON. A message that is no strict
 * JSON (QEMU takes and prints some), and noise, stand as {@code text} with the line end after them, or as {@code base64}
 * where they are not UTF-8. The source is read more than once.
 */
public final class MessageLinesWriter {
    private final OutputStream out;
    private final Map<Direction, LineEnds> ends = new EnumMap<>(Direction.class);
    private final Losses losses = new Losses();
    private ClockPair clock = new ClockPair(0, Instant.EPOCH, "");

    private MessageLinesWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * @return what of the session is not in it
     * @throws java.io.UncheckedIOException if {@code out} cannot be written
     */
    public static List<String> write(SessionSource source, OutputStream out) {
        MessageLinesWriter writer = new MessageLinesWriter(out);
        for (Direction direction : Direction.values()) {
            LineEnds ends = new LineEnds(source, direction);
            // that before the first
            ends.take();
            writer.ends.put(direction, ends);
        }
        Written.each(source, writer::record);
        return writer.losses.told();
    }

    private void record(SessionRecord record) throws IOException {
        if (record instanceof Opened opened) {
            clock = opened.clock();
        } else if (record instanceof ClockRead read) {
            clock = read.clock();
        } else if (record instanceof Gap) {
            losses.add("gap");
        } else if (record instanceof FrameRecorded recorded) {
            frame(recorded.frame());
            recorded.findings().forEach(finding -> losses.add("finding"));
        }
    }

    private void frame(Frame frame) throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", clock.wallAt(frame.completedAtNanos()).toString());
        line.put("dir", frame.direction().word());
        Bytes end = Objects.requireNonNull(ends.get(frame.direction()), "line ends of both directions")
                .take();
        Optional<Bytes> message = inOneLine(frame);
        if (message.isPresent()) {
            String open = line.toString();
            Bytes.utf8(open.substring(0, open.length() - 1) + ",\"msg\":").writeTo(out);
            message.get().writeTo(out);
            Bytes.utf8("}\n").writeTo(out);
        } else {
            raw(line, Bytes.join(List.of(frame.body(), end)));
        }
    }

    private void raw(ObjectNode line, Bytes bytes) throws IOException {
        StrictJson.utf8(bytes)
                .ifPresentOrElse(text -> line.put("text", text), () -> line.put("base64", bytes.toArray()));
        Bytes.utf8(line + "\n").writeTo(out);
    }

    /** As it was sent, if it may stand so; else laid out; empty if that is no strict JSON. */
    private static Optional<Bytes> inOneLine(Frame frame) {
        if (frame.kind() != FrameKind.MESSAGE) {
            return Optional.empty();
        }
        Bytes body = frame.body();
        return StrictJson.isOneLine(body)
                ? Optional.of(body)
                : Optional.of(JsonLayout.oneLine(body)).filter(StrictJson::isOneLine);
    }
}
