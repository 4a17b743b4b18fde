package io.qmptape.proxy;

import io.netty.buffer.ByteBuf;
import io.qmptape.protocol.Direction;
import io.qmptape.transport.Descriptors;

/**
 * What a session does with what its two sockets bring, while it is in one of its states. A direction stands for the side
 * that its bytes come from. Called on the session's loop.
 */
sealed interface Phase permits Arrival, Link, Phase.Ended {
    Phase ENDED = new Ended();

    /**
     * Bytes came, and descriptors with the first of them. They are the caller's, who releases the bytes after this call and
     * closes those descriptors that were not moved on.
     */
    void read(Direction from, ByteBuf bytes, Descriptors descriptors, long atNanos);

    /** That side sends no more. */
    void finished(Direction from);

    /** What goes this way can no longer be written. */
    void refused(Direction way);

    /** That side's socket is closed. */
    void gone(Direction from);

    /** That side's socket failed; what follows from it is told by the other calls. */
    void failed(Direction from, Throwable cause);

    /** What goes this way may be written again, or not for now. */
    void writable(Direction way);

    void stopWaiting();

    /** The session ends: gives back what this state holds. */
    void leave();

    /** After the end: nothing that comes late matters. */
    final class Ended implements Phase {
        private Ended() {}

        @Override
        public void read(Direction from, ByteBuf bytes, Descriptors descriptors, long atNanos) {}

        @Override
        public void finished(Direction from) {}

        @Override
        public void refused(Direction way) {}

        @Override
        public void gone(Direction from) {}

        @Override
        public void failed(Direction from, Throwable cause) {}

        @Override
        public void writable(Direction way) {}

        @Override
        public void stopWaiting() {}

        @Override
        public void leave() {}
    }
}
