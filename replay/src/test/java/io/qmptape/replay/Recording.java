package io.qmptape.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.Span;
import io.qmptape.store.Masked;
import io.qmptape.store.RecordedSession;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Test kit: a session put together from what each side sent, in the order in which it passed. */
public final class Recording {
    private static final SessionId ID = SessionId.parse("0f1e2d3c-0000-4000-8000-000000000001");

    private final Side client = new Side(new FrameSplitter(Direction.CLIENT_TO_SERVER), new ArrayList<>());
    private final Side server = new Side(new FrameSplitter(Direction.SERVER_TO_CLIENT), new ArrayList<>());
    private final List<SessionRecord> records = new ArrayList<>();
    private long nanos;
    private long sequence;

    private record Side(FrameSplitter splitter, List<Bytes> sent) {}

    public Recording() {
        ClockPair clock = new ClockPair(0, Instant.EPOCH, "");
        records.add(new Opened(
                ID, clock, Machine.named("vm"), Peer.UNKNOWN, Peer.UNKNOWN, "unix:a", "unix:b", "", Opened.RECORDED));
    }

    public Recording client(String text) {
        return passed(Direction.CLIENT_TO_SERVER, Bytes.utf8(text));
    }

    public Recording server(String text) {
        return passed(Direction.SERVER_TO_CLIENT, Bytes.utf8(text));
    }

    Recording passed(Direction direction, Bytes chunk) {
        side(direction).sent().add(chunk);
        side(direction).splitter().accept(chunk, ++nanos, List.of(), frame -> add(direction, frame, List.of()));
        return this;
    }

    /** A message of the client in which {@code standIn} stands for a secret. */
    Recording masked(String text, String standIn, String type) {
        new FrameSplitter(Direction.CLIENT_TO_SERVER).accept(Bytes.utf8(text), ++nanos, List.of(), frame -> {
            int at = text.indexOf(standIn);
            var span = new Span(at, at + standIn.length());
            add(Direction.CLIENT_TO_SERVER, frame, List.of(new Masked("$.arguments.password", type, span)));
        });
        return this;
    }

    private Side side(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? client : server;
    }

    Recording with(SessionRecord record) {
        records.add(record);
        return this;
    }

    private void add(Direction direction, Delimited delimited, List<Masked> masked) {
        var frame = delimited.numbered(++sequence, direction);
        records.add(new FrameRecorded(ID, frame, Message.of(frame).kind(), masked, "", List.of()));
    }

    public RecordedSession closed(CloseCause cause) {
        for (Direction direction : Direction.values()) {
            side(direction).splitter().finish(frame -> add(direction, frame, List.of()));
        }
        records.add(new Closed(
                ID, ++nanos, cause, client.splitter().rest(), server.splitter().rest()));
        return new RecordedSession((Opened) records.get(0), records);
    }

    /** The session whose client leaves in the end. */
    public Script script() {
        return Script.of(closed(CloseCause.CLIENT_LEFT));
    }

    /** The session whose server leaves in the end. */
    public Script scriptThatServerEnds() {
        return Script.of(closed(CloseCause.SERVER_LEFT));
    }

    Bytes stream(Direction direction) {
        return Bytes.join(side(direction).sent());
    }

    /** Real traffic: one chunk a line, as it was read. */
    static Recording ofResource(String name) {
        Recording recording = new Recording();
        try (InputStream in = Recording.class.getResourceAsStream("/recordings/" + name)) {
            ObjectMapper mapper = new ObjectMapper();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = mapper.readTree(line);
                if (node.has("data")) {
                    Direction direction = Direction.ofWord(node.get("dir").textValue());
                    recording.passed(direction, Bytes.lend(node.get("data").binaryValue()));
                }
            }
            return recording;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
