package io.qmptape.store.transcript;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.store.SessionSource;
import io.qmptape.store.json.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the text form of a session, as {@code store/README.md} describes it. The source is read twice: a message's line
 * end is known when the next one has come.
 */
public final class TranscriptWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OutputStream out;
    private final Map<Direction, LineEnds> ends = new EnumMap<>(Direction.class);
    private final Map<Direction, Bytes> lastEnd = new EnumMap<>(Direction.class);
    /** How many bytes at the head of the coming frame were written as the line end of the one before. */
    private final Map<Direction, Integer> given = new EnumMap<>(Direction.class);

    private final UsualMarks usualMarks = new UsualMarks();
    private long openedNanos;
    private String catalog = "";

    private TranscriptWriter(OutputStream out) {
        this.out = out;
    }

    /** @throws UncheckedIOException if {@code out} cannot be written */
    public static void write(SessionSource source, OutputStream out) {
        TranscriptWriter writer = new TranscriptWriter(out);
        for (Direction direction : Direction.values()) {
            LineEnds lineEnds = new LineEnds(source, direction);
            lineEnds.take();
            writer.ends.put(direction, lineEnds);
            writer.lastEnd.put(direction, LineEnds.usual(direction));
        }
        source.read(writer::record);
    }

    private void record(SessionRecord record) {
        if (record instanceof Opened opened) {
            openedNanos = opened.atNanos();
            line(Header.of(opened));
        } else if (record instanceof FrameRecorded recorded) {
            frame(recorded);
        } else if (record instanceof HalfClosed half) {
            ObjectNode line = object().put("eof", half.direction().word());
            line(line.put("t", since(half.atNanos())));
        } else if (record instanceof Gap gap) {
            gap(gap);
        } else if (record instanceof ClockRead read) {
            line(object().put("clock", read.clock().wall().toString())
                    .put("t", since(read.atNanos()))
                    .put("boot", read.clock().boot()));
        } else if (record instanceof Closed closed) {
            closed(closed);
        }
    }

    private void frame(FrameRecorded recorded) {
        Frame frame = recorded.frame();
        Direction direction = frame.direction();
        ObjectNode line = object().put("seq", frame.sequence()).put("t", since(frame.completedAtNanos()));
        line.put("dir", direction.word());
        if (frame.kind() != FrameKind.MESSAGE) {
            line.put("kind", frame.kind().word());
        }
        marks(frame, line);
        judgement(recorded, line);
        Bytes own = frame.bytes().from(given.getOrDefault(direction, 0));
        end(direction, line);
        content(frame, own, line);
    }

    private void end(Direction direction, ObjectNode line) {
        Bytes end = Objects.requireNonNull(ends.get(direction), "line ends of both directions")
                .take();
        given.put(direction, end.length());
        if (!end.equals(lastEnd.put(direction, end))) {
            line.put("end", end.text());
        }
    }

    private void content(Frame frame, Bytes own, ObjectNode line) {
        int head = own.length() - Math.min(own.length(), frame.body().length());
        Bytes body = own.from(head);
        boolean isPlain = frame.kind() == FrameKind.MESSAGE && StrictJson.isOneLine(body);
        Optional<String> text = StrictJson.utf8(own);
        if (isPlain) {
            if (head > 0) {
                line.put("head", own.slice(0, head).text());
            }
            lineWith(line, body);
        } else if (text.isPresent()) {
            List<String> lines =
                    text.get().isEmpty() ? List.of() : List.of(text.get().split("(?<=\n)", -1));
            List<String> full = lines.stream().filter(each -> !each.isEmpty()).toList();
            line(line.put("lines", full.size()));
            full.forEach(each -> write(json(each) + "\n"));
        } else {
            line(line.put("base64", own.toArray()));
        }
    }

    private void marks(Frame frame, ObjectNode line) {
        List<Mark> marks = frame.marks();
        int lineEnd = given.getOrDefault(frame.direction(), 0);
        if (marks.equals(usualMarks.next(frame.direction(), lineEnd, frame.completedAtNanos()))) {
            return;
        }
        ArrayNode all = line.putArray("marks");
        for (Mark mark : marks) {
            ArrayNode one = all.addArray().add(mark.offset()).add(since(mark.atNanos()));
            mark.descriptors().forEach(kind -> one.add(kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void judgement(FrameRecorded recorded, ObjectNode line) {
        if (!recorded.masked().isEmpty()) {
            ArrayNode all = line.putArray("masked");
            recorded.masked()
                    .forEach(masked -> all.addObject()
                            .put("path", masked.path())
                            .put("type", masked.type())
                            .put("from", masked.span().start())
                            .put("to", masked.span().end()));
        }
        if (!recorded.catalog().equals(catalog)) {
            catalog = recorded.catalog();
            line.put("catalog", catalog);
        }
        if (!recorded.findings().isEmpty()) {
            ArrayNode all = line.putArray("findings");
            recorded.findings()
                    .forEach(finding -> all.addObject()
                            .put("rule", finding.rule())
                            .put("severity", finding.severity().word())
                            .put("path", finding.path())
                            .put("text", finding.text()));
        }
    }

    private void gap(Gap gap) {
        line(object().put("gap", gap.direction().word())
                .put("t", since(gap.atNanos()))
                .put("from", since(gap.fromNanos()))
                .put("firstByte", gap.firstByte())
                .put("bytes", gap.bytes())
                .put("reason", gap.reason()));
    }

    private void closed(Closed closed) {
        ObjectNode line = object().put("closed", closed.cause().words()).put("t", since(closed.atNanos()));
        for (Direction direction : Direction.values()) {
            Bytes rest = closed.rest(direction).from(given.getOrDefault(direction, 0));
            if (!rest.isEmpty()) {
                line.put(direction.word(), rest.text());
            }
        }
        line(line);
    }

    private long since(long nanos) {
        return nanos - openedNanos;
    }

    private void line(ObjectNode line) {
        write(json(line) + "\n");
    }

    private void lineWith(ObjectNode line, Bytes message) {
        String open = json(line);
        write(open.substring(0, open.length() - 1) + ",\"msg\":");
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw failed(e);
        }
        write("}\n");
    }

    private void write(String text) {
        try {
            Bytes.utf8(text).writeTo(out);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot write the transcript: " + e.getMessage(), e);
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
