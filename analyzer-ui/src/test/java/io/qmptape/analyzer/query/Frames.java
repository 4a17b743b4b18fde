package io.qmptape.analyzer.query;

import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes a session as a conversation: {@code client(…)}, {@code server(…)}, a millisecond apart. */
public final class Frames {
    public static final long MILLI = 1_000_000L;
    public static final Instant MORNING = Instant.parse("2026-11-22T10:00:00Z");

    private final Opened opened;
    private final List<FrameRecorded> frames = new ArrayList<>();
    private long nanos;

    public Frames(SessionId session, String machine) {
        this(session, machine, 1_000 * MILLI);
    }

    public Frames(SessionId session, String machine, long openedAtNanos) {
        opened = new Opened(
                session,
                new ClockPair(openedAtNanos, MORNING.plusNanos(openedAtNanos), "boot"),
                Machine.named(machine),
                Peer.UNKNOWN,
                Peer.UNKNOWN,
                "unix:/run/listen",
                "unix:/run/monitor",
                "",
                Opened.RECORDED);
        nanos = openedAtNanos;
    }

    public static Frames ofMachine(String machine) {
        return new Frames(SessionId.random(), machine);
    }

    public Frames client(String json) {
        return add(Direction.CLIENT_TO_SERVER, Bytes.utf8(json));
    }

    public Frames server(String json) {
        return add(Direction.SERVER_TO_CLIENT, Bytes.utf8(json));
    }

    public Frames later(long millis) {
        nanos += (millis - 1) * MILLI;
        return this;
    }

    public Frames add(Direction direction, Bytes bytes) {
        nanos += MILLI;
        List<Delimited> cut = new ArrayList<>();
        FrameSplitter splitter = new FrameSplitter(direction);
        splitter.accept(bytes, nanos, List.of(), cut::add);
        splitter.finish(cut::add);
        cut.forEach(delimited -> add(delimited.numbered(frames.size() + 1L, direction)));
        return this;
    }

    public Opened opened() {
        return opened;
    }

    public List<FrameRecorded> frames() {
        return List.copyOf(frames);
    }

    /** All that queries can find of each message. */
    public List<QueriedMessage> queried() {
        Pairing pairing = new Pairing();
        return frames.stream()
                .map(recorded -> {
                    Message message = recorded.read();
                    return QueriedMessage.of(opened, recorded, message, pairing.accept(recorded.frame(), message));
                })
                .toList();
    }

    private void add(Frame frame) {
        frames.add(new FrameRecorded(opened.session(), frame, Message.of(frame).kind(), List.of(), "", List.of()));
    }
}
