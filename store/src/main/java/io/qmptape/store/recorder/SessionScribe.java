package io.qmptape.store.recorder;

import io.qmptape.catalog.Finding;
import io.qmptape.catalog.Rule;
import io.qmptape.conversation.Pairing;
import io.qmptape.handover.Receipt;
import io.qmptape.handover.Standing;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.JsonPath;
import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.Closed;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionRecord.Gap;
import io.qmptape.store.SessionRecord.HalfClosed;
import io.qmptape.store.redaction.Redactor;
import io.qmptape.store.redaction.Redactor.Redacted;
import io.qmptape.traffic.SessionId;
import io.qmptape.traffic.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns what was seen of one session into its records: splits, numbers, reads, judges, masks. Pure, so that another one makes
 * the same of the same: what it writes goes to the sink on the caller's thread.
 */
final class SessionScribe {
    /** With so much behind the last safe place, the next is taken that has no frame open, though commands be unanswered. */
    private static final long MAX_UNSAFE_BYTES = 256 << 10;

    private final SessionId session;
    private final String catalog;
    private final Judge judge;
    private final Redactor redactor;
    private final Pairing pairing = new Pairing();
    /** What denied messages that are still to come, by where they end. */
    private final Map<Long, String> denied = new HashMap<>();

    private RecordSink sink;
    private FrameSplitter client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
    private FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private Standing at = Standing.BEGINNING;
    private Reached reached;
    private OnTape onTape = OnTape.nothing();
    private long items;

    SessionScribe(SessionId session, Judging judging, Redactor redactor, RecordSink sink) {
        this.session = session;
        this.catalog = judging.catalog();
        this.judge = judging.judges().get();
        this.redactor = redactor;
        this.sink = sink;
        this.reached = new Reached(session, 0, at, 0);
    }

    /**
     * Goes on where another one has left off. To be called first.
     *
     * @param prologue what that one had read at the beginning, as far as it is known
     * @param last the safe place to go on from
     * @param recorded what that one made of what comes now: numbers go on behind it
     */
    void resume(List<Traffic.Read> prologue, Receipt last, OnTape recorded, RecordSink overlap) {
        sink = (record, behind) -> {};
        prologue.forEach(this::read);
        if (last.unanswered() > 0) {
            pairing.forgot(last.unanswered());
            redactor.forgot();
        }
        client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        at = last.safe();
        items = 0;
        reached = new Reached(session, 0, at, last.unanswered());
        onTape = recorded;
        sink = overlap;
    }

    void opened(SessionRecord.Opened opened) {
        sink.accept(opened, at);
    }

    void read(Traffic.Read read) {
        items++;
        splitter(read.direction())
                .accept(read.bytes(), read.atNanos(), read.descriptors(), cut -> write(read.direction(), cut));
        look();
    }

    void denied(Traffic.Denied denial) {
        items++;
        // what was given up meanwhile may have been denied too
        if (denial.end() > at.clientBytes()) {
            denied.put(denial.end(), denial.rule());
        }
    }

    void halfClosed(Traffic.HalfClosed half) {
        items++;
        splitter(half.direction()).finish(cut -> write(half.direction(), cut));
        sink.accept(new HalfClosed(session, half.direction(), half.atNanos()), at);
        look();
    }

    /** What is open breaks off at the gap, and lexing begins anew behind it. */
    void lost(Traffic.Lost lost, String reason) {
        items++;
        splitter(lost.direction()).interrupt(cut -> write(lost.direction(), cut));
        Gap gap = new Gap(
                session, lost.direction(), lost.firstByte(), lost.bytes(), lost.fromNanos(), lost.atNanos(), reason);
        // what is given up only now was numbered by the scribe before
        long sequence = onTape.has(gap) ? at.sequence() : Math.max(at.sequence(), onTape.sequence());
        at = at.behind(sequence, lost.direction(), lost.end() - at.bytes(lost.direction()));
        sink.accept(gap, at);
        redactor.interrupted(lost.direction());
        if (lost.direction() == Direction.CLIENT_TO_SERVER) {
            denied.keySet().removeIf(end -> end <= lost.end());
            client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        } else {
            server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        }
        look();
    }

    void closed(Traffic.Closed closed) {
        client.finish(cut -> write(Direction.CLIENT_TO_SERVER, cut));
        server.finish(cut -> write(Direction.SERVER_TO_CLIENT, cut));
        sink.accept(new Closed(session, closed.atNanos(), closed.cause(), client.rest(), server.rest()), at);
    }

    Reached reached() {
        return reached;
    }

    private void look() {
        boolean isBetween = client.isBetweenFrames() && server.isBetweenFrames() && denied.isEmpty();
        if (isBetween && !redactor.isInsideASecret()) {
            int unanswered = pairing.unanswered();
            if (unanswered == 0 || unsafeBytes() > MAX_UNSAFE_BYTES) {
                reached = new Reached(session, items, at, unanswered);
            }
        }
    }

    private long unsafeBytes() {
        Standing safe = reached.safe();
        return at.clientBytes() - safe.clientBytes() + at.serverBytes() - safe.serverBytes();
    }

    private FrameSplitter splitter(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? client : server;
    }

    private void write(Direction direction, Delimited cut) {
        Frame frame = cut.numbered(at.sequence() + 1, direction);
        at = at.behind(frame.sequence(), direction, frame.bytes().length());
        Message message = Message.of(direction, cut.json());
        Optional<Pairing.Asked> asked = pairing.accept(frame, message);
        Redacted redacted = redactor.redact(frame, message, asked);
        List<Finding> findings = Stream.concat(denial(direction).stream(), judge.judge(frame, message).stream())
                .map(redacted::without)
                .toList();
        sink.accept(
                new FrameRecorded(session, redacted.frame(), message.kind(), redacted.masked(), catalog, findings), at);
    }

    private Optional<Finding> denial(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER
                ? Optional.ofNullable(denied.remove(at.clientBytes())).map(SessionScribe::finding)
                : Optional.empty();
    }

    private static Finding finding(String rule) {
        return new Finding(
                Rule.POLICY_DENIED.id(), Rule.POLICY_DENIED.severity(), JsonPath.ROOT, "denied by the policy: " + rule);
    }
}
