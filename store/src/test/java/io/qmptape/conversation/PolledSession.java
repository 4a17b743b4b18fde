package io.qmptape.conversation;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.ClockRead;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Test kit: a session that a test speaks, record by record, at times that it says. */
public final class PolledSession {
    private static final Instant START = Instant.parse("2026-11-22T13:05:11Z");
    private static final SessionId ID = new SessionId(UUID.fromString("70115000-0000-4000-8000-000000000001"));

    private final List<SessionRecord> records = new ArrayList<>();
    private long now;
    private long sequence;
    private long id;

    public PolledSession() {
        records.add(new Opened(
                ID,
                clock(Duration.ZERO),
                Machine.named("web-01"),
                Peer.UNKNOWN,
                Peer.UNKNOWN,
                "unix:/l",
                "unix:/u",
                "",
                Opened.RECORDED));
    }

    public List<SessionRecord> records() {
        return List.copyOf(records);
    }

    public PolledSession after(Duration pause) {
        now += pause.toNanos();
        return this;
    }

    /** A command with an id of its own, and what it returns, a millisecond later. */
    public PolledSession poll(String command, String returned) {
        return client("{\"execute\": \"" + command + "\", \"id\": \"c-" + ++id + "\"}")
                .after(Duration.ofMillis(1))
                .server("{\"return\": " + returned + ", \"id\": \"c-" + id + "\"}");
    }

    public PolledSession client(String json, Finding... findings) {
        return frame(Direction.CLIENT_TO_SERVER, json, List.of(), List.of(findings));
    }

    public PolledSession server(String json, Finding... findings) {
        return frame(Direction.SERVER_TO_CLIENT, json, List.of(), List.of(findings));
    }

    public PolledSession masked(String json, Masked masked) {
        return frame(Direction.SERVER_TO_CLIENT, json, List.of(masked), List.of());
    }

    public PolledSession noise(String text) {
        Bytes bytes = Bytes.utf8(text);
        return add(Direction.CLIENT_TO_SERVER, FrameKind.NOISE, bytes, List.of(), List.of());
    }

    public PolledSession gap() {
        records.add(new Gap(ID, Direction.SERVER_TO_CLIENT, 0, 10, now, now, "queue full"));
        return this;
    }

    /** Frames that are no longer there. */
    public PolledSession lost(int frames) {
        sequence += frames;
        return this;
    }

    /** @param stepped how far somebody has put the wall clock forward */
    public PolledSession clockRead(Duration stepped) {
        records.add(new ClockRead(ID, clock(stepped)));
        return this;
    }

    public PolledSession closed() {
        records.add(new Closed(ID, now, CloseCause.CLIENT_LEFT, Bytes.EMPTY, Bytes.EMPTY));
        return this;
    }

    private ClockPair clock(Duration stepped) {
        return new ClockPair(now, START.plusNanos(now).plus(stepped), "boot");
    }

    private PolledSession frame(Direction direction, String json, List<Masked> masked, List<Finding> findings) {
        return add(direction, FrameKind.MESSAGE, Bytes.utf8(json), masked, findings);
    }

    private PolledSession add(
            Direction direction, FrameKind kind, Bytes bytes, List<Masked> masked, List<Finding> findings) {
        Frame frame = new Frame(++sequence, direction, kind, bytes, List.of(Mark.at(0, now)));
        records.add(new FrameRecorded(ID, frame, Message.of(frame).kind(), masked, "qemu-2.1", findings));
        return this;
    }
}
