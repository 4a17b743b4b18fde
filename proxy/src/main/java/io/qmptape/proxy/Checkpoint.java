package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.qmptape.gate.Control;
import io.qmptape.gate.Gate;
import io.qmptape.gate.Ways;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.CloseCause;
import io.qmptape.traffic.Peer;
import io.qmptape.traffic.Traffic;
import io.qmptape.transport.Descriptors;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gate between the two flows of a link whose client is controlled. What comes is told to the port before it goes on, the
 * other way round than where nobody controls. On the session's loop.
 */
final class Checkpoint implements Ways {
    /** How often what waits for the tape asks whether there still is one. */
    private static final int LOOK_MILLIS = 100;

    private final Session session;
    private final Channel client;
    private final Flow toServer;
    private final Flow toClient;
    private final Gate gate;
    private final boolean isRecordedFirst;
    private boolean isFinishing;
    private boolean isWatched;

    Checkpoint(Session session, Channel client, Peer who, Flow toServer, Flow toClient) {
        Control control = session.control();
        this.session = session;
        this.client = client;
        this.toServer = toServer;
        this.toClient = toClient;
        this.gate = new Gate(control, who, this);
        this.isRecordedFirst = control.isRecordedFirst();
    }

    void begin() {
        if (isRecordedFirst) {
            session.follow(bytes -> client.eventLoop().execute(() -> recorded(bytes)));
        }
    }

    void read(Direction from, ByteBuf read, Descriptors descriptors, long atNanos) {
        Bytes bytes = Bytes.lend(ByteBufUtil.getBytes(read));
        if (from == Direction.SERVER_TO_CLIENT) {
            gate.answer(bytes, descriptors, atNanos);
            regulate();
            return;
        }
        List<DescriptorKind> kinds = descriptors.kinds();
        gate.take(bytes, descriptors, atNanos);
        session.sees(new Traffic.Read(session.id(), from, atNanos, bytes, kinds));
        pass();
    }

    /** The client sends no more; {@link #pass} goes on with that. @param then run when all has gone on that may */
    void finish(Runnable then) {
        isFinishing = true;
        gate.finish(then);
    }

    void pass() {
        gate.pass(session.now());
        regulate();
        watch();
    }

    /** What a client does not take of its answers must not grow here. */
    void regulate() {
        toServer.hold(isFinishing || gate.isFull() || !client.isWritable());
    }

    void discard() {
        gate.discard();
    }

    @Override
    public void toServer(Bytes bytes, Descriptors descriptors) {
        if (toServer.isOpen() && !bytes.isEmpty()) {
            toServer.pass(Unpooled.wrappedBuffer(bytes.asReadOnlyBuffer()), descriptors);
        }
        descriptors.close();
    }

    @Override
    public void toClient(Bytes bytes, Descriptors descriptors, long atNanos) {
        List<DescriptorKind> kinds = descriptors.kinds();
        if (toClient.isOpen()) {
            toClient.pass(Unpooled.wrappedBuffer(bytes.asReadOnlyBuffer()), descriptors);
            session.sees(new Traffic.Read(session.id(), Direction.SERVER_TO_CLIENT, atNanos, bytes, kinds));
        }
        descriptors.close();
    }

    @Override
    public void denied(long end, String rule) {
        session.sees(new Traffic.Denied(session.id(), session.now(), end, rule));
    }

    private void recorded(long bytes) {
        gate.recorded(bytes);
        pass();
    }

    /** A command must not wait for a tape until nobody wants it any more. */
    private void watch() {
        if (gate.isHolding() && !isWatched) {
            isWatched = true;
            client.eventLoop().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        isWatched = false;
        if (gate.isHolding() && !session.mayPass()) {
            session.end(CloseCause.PROXY_STOPPED);
        } else {
            watch();
        }
    }
}
