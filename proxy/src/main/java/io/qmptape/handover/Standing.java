package io.qmptape.handover;

import io.qmptape.protocol.Direction;

/**
 * A place in a session.
 *
 * @param sequence the number of the last frame in front of it, 0 for the beginning
 * @param clientBytes how much of what the client sent lies in front of it
 * @param serverBytes the same of the server
 */
public record Standing(long sequence, long clientBytes, long serverBytes) {
    public static final Standing BEGINNING = new Standing(0, 0, 0);

    public long bytes(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? clientBytes : serverBytes;
    }

    /** @param sequence of the frame, or of the last one where the bytes are those of a gap */
    public Standing behind(long sequence, Direction direction, long bytes) {
        return direction == Direction.CLIENT_TO_SERVER
                ? new Standing(sequence, clientBytes + bytes, serverBytes)
                : new Standing(sequence, clientBytes, serverBytes + bytes);
    }
}
