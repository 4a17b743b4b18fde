package io.qmptape.analyzer.index;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.Position;
import io.qmptape.traffic.SessionId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A message as lists show it.
 *
 * @param at time of day of its last byte
 * @param sinceOpenNanos the same, after the session's opening
 * @param name of command or event; of a reply the name of its command; empty where there is none
 * @param contents the first members in short, as {@code device=drive0 speed=0}; never longer than 200 characters
 * @param latencyNanos of a reply, after its command
 * @param pair sequence number of a reply's command, or of a command's reply if that is indexed already
 * @param bytes length of the frame
 */
public record MessageRow(
        SessionId session,
        long sequence,
        Instant at,
        long sinceOpenNanos,
        Direction direction,
        MessageKind kind,
        String name,
        String contents,
        OptionalLong latencyNanos,
        OptionalLong pair,
        int findings,
        int masked,
        int descriptors,
        int bytes,
        Position position) {
    /** This row, with the message that belongs to it. */
    MessageRow withPair(OptionalLong other) {
        return new MessageRow(
                session,
                sequence,
                at,
                sinceOpenNanos,
                direction,
                kind,
                name,
                contents,
                latencyNanos,
                other,
                findings,
                masked,
                descriptors,
                bytes,
                position);
    }
}
