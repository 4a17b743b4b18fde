package io.qmptape.store.recorder;

import io.qmptape.catalog.Finding;
import io.qmptape.conversation.Pairing;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.FrameSplitter;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns what was seen of one session into its records: splits, numbers, reads, judges, masks. Pure: what it writes goes
 * to the sink on the caller's thread.
 */
final class SessionScribe {
    private final SessionId session;
    private final String catalog;
    private final Judge judge;
    private final Redactor redactor;
    private final Consumer<SessionRecord> sink;
    private final Pairing pairing = new Pairing();
    private FrameSplitter client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
    private FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private long sequence;

    SessionScribe(SessionId session, Judging judging, Redactor redactor, Consumer<SessionRecord> sink) {
        this.session = session;
        this.catalog = judging.catalog();
        this.judge = judging.judges().get();
        this.redactor = redactor;
        this.sink = sink;
    }

    void read(Traffic.Read read) {
        splitter(read.direction())
                .accept(read.bytes(), read.atNanos(), read.descriptors(), cut -> write(read.direction(), cut));
    }

    void halfClosed(Traffic.HalfClosed half) {
        splitter(half.direction()).finish(cut -> write(half.direction(), cut));
        sink.accept(new HalfClosed(session, half.direction(), half.atNanos()));
    }

    /** What is open breaks off at the gap, and lexing begins anew behind it. */
    void lost(Traffic.Lost lost, String reason) {
        splitter(lost.direction()).interrupt(cut -> write(lost.direction(), cut));
        sink.accept(new Gap(
                session, lost.direction(), lost.firstByte(), lost.bytes(), lost.fromNanos(), lost.atNanos(), reason));
        redactor.interrupted(lost.direction());
        if (lost.direction() == Direction.CLIENT_TO_SERVER) {
            client = new FrameSplitter(Direction.CLIENT_TO_SERVER);
        } else {
            server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
        }
    }

    void closed(Traffic.Closed closed) {
        client.finish(cut -> write(Direction.CLIENT_TO_SERVER, cut));
        server.finish(cut -> write(Direction.SERVER_TO_CLIENT, cut));
        sink.accept(new Closed(session, closed.atNanos(), closed.cause(), client.rest(), server.rest()));
    }

    private FrameSplitter splitter(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? client : server;
    }

    private void write(Direction direction, Delimited cut) {
        Frame frame = cut.numbered(++sequence, direction);
        Message message = Message.of(direction, cut.json());
        Optional<Pairing.Asked> asked = pairing.accept(frame, message);
        Redacted redacted = redactor.redact(frame, message, asked);
        List<Finding> findings =
                judge.judge(frame, message).stream().map(redacted::without).toList();
        sink.accept(new FrameRecorded(session, redacted.frame(), message.kind(), redacted.masked(), catalog, findings));
    }
}
