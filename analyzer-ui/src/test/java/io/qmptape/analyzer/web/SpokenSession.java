package io.qmptape.analyzer.web;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Mark;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Opened;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Machine;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A session that a test speaks, frame by frame. */
final class SpokenSession {
    private static final Instant START = Instant.parse("2026-11-22T13:05:11Z");

    private final Opened opened;
    private final List<FrameRecorded> frames = new ArrayList<>();
    private final Pairing pairing = new Pairing();
    private final Map<Long, Long> pairs = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Long> latencies = new HashMap<>();
    private Optional<CloseCause> cause = Optional.of(CloseCause.CLIENT_LEFT);
    private long now;

    SpokenSession(String id, String machine, String client) {
        this(id, machine, client, START);
    }

    SpokenSession(String id, String machine, String client, Instant start) {
        Peer peer = new Peer("", OptionalLong.of(4711), OptionalLong.of(1000), OptionalLong.empty(), client);
        this.opened = new Opened(
                new SessionId(UUID.fromString(id)),
                new ClockPair(0, start, "boot"),
                Machine.named(machine),
                peer,
                Peer.UNKNOWN,
                "unix:/run/vm/qmp.sock",
                "unix:/run/vm/qmp.sock.upstream",
                "",
                Opened.RECORDED);
    }

    SpokenSession client(String json) {
        return say(Direction.CLIENT_TO_SERVER, 1_000_000, Bytes.utf8(json), List.of(), List.of());
    }

    SpokenSession server(String json) {
        return say(Direction.SERVER_TO_CLIENT, 800_000, Bytes.utf8(json), List.of(), List.of());
    }

    SpokenSession say(Direction direction, long afterNanos, Bytes bytes, List<Masked> masked, List<Finding> findings) {
        now += afterNanos;
        Frame probe = frame(direction, FrameKind.MESSAGE, bytes);
        boolean isMessage = !(Message.of(probe) instanceof Message.Noise);
        Frame frame = isMessage ? probe : frame(direction, FrameKind.NOISE, bytes);
        Message message = Message.of(frame);
        FrameRecorded recorded = new FrameRecorded(
                opened.session(), frame, message.kind(), masked, findings.isEmpty() ? "" : "qemu-2.1", findings);
        frames.add(recorded);
        pairing.accept(recorded.frame(), message).ifPresent(asked -> {
            pairs.put(asked.sequence(), frame.sequence());
            pairs.put(frame.sequence(), asked.sequence());
            names.put(frame.sequence(), asked.command());
            latencies.put(frame.sequence(), now - asked.sentAtNanos());
        });
        if (message instanceof Message.Command command) {
            names.put(frame.sequence(), command.name());
        } else if (message instanceof Message.Event event) {
            names.put(frame.sequence(), event.name());
        }
        return this;
    }

    SpokenSession stillOpen() {
        cause = Optional.empty();
        return this;
    }

    private Frame frame(Direction direction, FrameKind kind, Bytes bytes) {
        return new Frame(frames.size() + 1, direction, kind, bytes, List.of(Mark.at(0, now)));
    }

    Opened opened() {
        return opened;
    }

    SessionId id() {
        return opened.session();
    }

    List<FrameRecorded> frames() {
        return frames;
    }

    Optional<CloseCause> cause() {
        return cause;
    }

    long nanos() {
        return now;
    }

    String name(long sequence) {
        return names.getOrDefault(sequence, "");
    }

    OptionalLong pair(long sequence) {
        return pairs.containsKey(sequence) ? OptionalLong.of(pairs.get(sequence)) : OptionalLong.empty();
    }

    OptionalLong latency(long sequence) {
        return latencies.containsKey(sequence) ? OptionalLong.of(latencies.get(sequence)) : OptionalLong.empty();
    }
}
