package io.qmptape.store.transcript;

import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Severity;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Turns the lines behind a transcript's header into records. */
final class LineReader {
    private final Opened opened;
    private final Supplier<String> textLines;
    private final Map<Direction, Bytes> lastEnd = new EnumMap<>(Direction.class);
    private final Map<Direction, Bytes> pending = new EnumMap<>(Direction.class);
    private final UsualMarks usualMarks = new UsualMarks();
    private String catalog = "";
    private long lastSequence;
    private boolean isClosed;

    /** @param textLines gives the text of the file's next line, where a frame stands as lines of text */
    LineReader(Opened opened, Supplier<String> textLines) {
        this.opened = opened;
        this.textLines = textLines;
        for (Direction direction : Direction.values()) {
            lastEnd.put(direction, LineEnds.usual(direction));
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    SessionRecord read(Fields line, Bytes raw) {
        if (line.has("seq")) {
            return frame(line, raw);
        } else if (line.has("eof")) {
            return new HalfClosed(opened.session(), Direction.ofWord(line.text("eof")), nanos(line.number("t")));
        } else if (line.has("gap")) {
            return gap(line);
        } else if (line.has("clock")) {
            ClockPair clock = new ClockPair(nanos(line.number("t")), line.instant("clock"), line.text("boot"));
            return new ClockRead(opened.session(), clock);
        } else if (line.has("closed")) {
            return closed(line);
        }
        throw line.fault("this line has none of seq, eof, gap, clock and closed");
    }

    private FrameRecorded frame(Fields line, Bytes raw) {
        Direction direction = Direction.ofWord(line.text("dir"));
        FrameKind kind = line.has("kind") ? line.word("kind", FrameKind.values()) : FrameKind.MESSAGE;
        long sequence = line.number("seq");
        if (sequence <= lastSequence) {
            throw line.fault("sequence number " + sequence + " does not follow " + lastSequence);
        }
        lastSequence = sequence;
        Bytes lineEnd = pending.getOrDefault(direction, Bytes.EMPTY);
        Bytes bytes = Bytes.join(List.of(lineEnd, content(line, raw)));
        List<Mark> usual = usualMarks.next(direction, lineEnd.length(), nanos(line.number("t")));
        Bytes end = line.has("end") ? Bytes.utf8(line.text("end")) : lastEnd.getOrDefault(direction, Bytes.EMPTY);
        lastEnd.put(direction, end);
        pending.put(direction, end);
        Frame frame = new Frame(sequence, direction, kind, bytes, line.has("marks") ? marks(line) : usual);
        catalog = line.textOr("catalog", catalog);
        return new FrameRecorded(
                opened.session(), frame, Message.of(frame).kind(), masked(line, bytes), catalog, findings(line));
    }

    private Bytes content(Fields line, Bytes raw) {
        if (line.has("lines")) {
            List<Bytes> lines = new ArrayList<>();
            for (long i = line.number("lines"); i > 0; i--) {
                lines.add(Bytes.utf8(textLines.get()));
            }
            return Bytes.join(lines);
        } else if (line.has("base64")) {
            return Bytes.lend(Base64.getDecoder().decode(line.text("base64")));
        }
        Bytes message = line.spanOf("msg")
                .map(raw::slice)
                .orElseThrow(() -> line.fault("a frame needs one of msg, lines and base64"));
        return Bytes.join(List.of(Bytes.utf8(line.textOr("head", "")), message));
    }

    private List<Mark> marks(Fields line) {
        return line.elements("marks").stream().map(mark -> mark(line, mark)).toList();
    }

    private Mark mark(Fields line, Json json) {
        if (!(json instanceof Json.Arr array) || array.elements().size() < 2) {
            throw line.fault("a mark is [offset, nanoseconds, descriptor kinds…]");
        }
        List<DescriptorKind> kinds = new ArrayList<>();
        for (Json kind : array.elements().subList(2, array.elements().size())) {
            String word = kind instanceof Json.Str string ? string.value() : "";
            kinds.add(line.word(word, "marks", DescriptorKind.values()));
        }
        long offset = line.number(array.elements().get(0), "marks");
        long nanos = nanos(line.number(array.elements().get(1), "marks"));
        return new Mark(Math.toIntExact(offset), nanos, kinds);
    }

    private static List<Masked> masked(Fields line, Bytes bytes) {
        return line.objects("masked").stream()
                .map(one -> {
                    Span span = new Span((int) one.number("from"), (int) one.number("to"));
                    if (span.end() > bytes.length()) {
                        throw line.fault("a masked span lies beyond the frame's " + bytes.length() + " bytes");
                    }
                    return new Masked(one.text("path"), one.text("type"), span);
                })
                .toList();
    }

    private static List<Finding> findings(Fields line) {
        return line.objects("findings").stream()
                .map(one -> new Finding(
                        one.text("rule"), one.word("severity", Severity.values()), one.text("path"), one.text("text")))
                .toList();
    }

    private Gap gap(Fields line) {
        return new Gap(
                opened.session(),
                Direction.ofWord(line.text("gap")),
                line.number("firstByte"),
                line.number("bytes"),
                nanos(line.number("from")),
                nanos(line.number("t")),
                line.text("reason"));
    }

    private Closed closed(Fields line) {
        isClosed = true;
        return new Closed(
                opened.session(),
                nanos(line.number("t")),
                cause(line),
                rest(line, Direction.CLIENT_TO_SERVER),
                rest(line, Direction.SERVER_TO_CLIENT));
    }

    private Bytes rest(Fields line, Direction direction) {
        Bytes own = Bytes.utf8(line.textOr(direction.word(), ""));
        return Bytes.join(List.of(pending.getOrDefault(direction, Bytes.EMPTY), own));
    }

    private static CloseCause cause(Fields line) {
        String words = line.text("closed");
        for (CloseCause cause : CloseCause.values()) {
            if (cause.words().equals(words)) {
                return cause;
            }
        }
        throw line.fault("a session does not end by '" + words + "'");
    }

    private long nanos(long sinceOpening) {
        return opened.atNanos() + sinceOpening;
    }
}
