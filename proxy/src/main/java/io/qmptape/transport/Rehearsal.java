package io.qmptape.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Passes one descriptor between plain bytes from one end of a socket pair to the other, as the relay would: what systems do
 * there is in no standard, so it is tried before anyone relies on it.
 */
final class Rehearsal {
    private static final int LENGTH = 8;

    private Rehearsal() {}

    /** Why descriptors cannot be passed here, in words for a user; empty where they can. */
    static Optional<String> lack() {
        return SocketCalls.missing().or(Rehearsal::tryOut);
    }

    private static Optional<String> tryOut() {
        try {
            int[] ends = SocketCalls.pair();
            Socket from = new Socket(ends[0]);
            Socket to = new Socket(ends[1]);
            try {
                send(from);
                boolean isExact = comesAs(to, 1, 0) && comesAs(to, 2, 1) && comesAs(to, 1, 0);
                return isExact ? Optional.empty() : Optional.of("this system does not tell their place");
            } finally {
                from.close();
                to.close();
            }
        } catch (IOException e) {
            return Optional.of(SocketFault.words(e));
        }
    }

    /** One byte, two with a descriptor, one. */
    private static void send(Socket from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
        from.write(bytes, 0, 1);
        new MessageBlock().send(from.intValue(), Buffer.memoryAddress(bytes), 2, new int[] {from.intValue()});
        from.write(bytes, 0, 1);
    }

    private static boolean comesAs(Socket to, int bytes, int descriptors) throws IOException {
        Intake intake = new Intake(to);
        ByteBuf into = Unpooled.directBuffer(LENGTH);
        try {
            int found = intake.look(into);
            intake.keep(into);
            intake.take();
            try (Descriptors came = intake.descriptors()) {
                return found == bytes && came.kinds().size() == descriptors;
            }
        } finally {
            into.release();
        }
    }
}
