package io.qmptape.gate;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.Message;
import io.qmptape.transport.Descriptors;
import java.util.List;
import java.util.Optional;

/**
 * What a client has sent and what has not gone on yet. Owns its descriptors.
 *
 * @param bytes what of it has not gone on yet
 * @param end how many bytes the client has sent up to its end
 * @param deniedBy empty if it may go on
 * @param attached descriptors, by places in {@code bytes}
 */
record HeldFrame(
        FrameKind kind, Bytes bytes, Message message, long end, Optional<String> deniedBy, List<Attached> attached) {
    /** @param offset of the byte that they came with */
    record Attached(int offset, Descriptors descriptors) {}

    boolean isOutOfBand() {
        return message instanceof Message.Command command && command.isOutOfBand();
    }

    /** Descriptors are read with the first byte of what brings them, so each begins a piece of its own. */
    void passTo(Ways ways) {
        int from = 0;
        Descriptors next = Descriptors.none();
        for (Attached one : attached) {
            if (one.offset() > from) {
                ways.toServer(bytes.slice(from, one.offset()), next);
            }
            from = one.offset();
            next = one.descriptors().moved();
        }
        ways.toServer(bytes.from(from), next);
    }

    void discard() {
        attached.forEach(one -> one.descriptors().close());
    }
}
