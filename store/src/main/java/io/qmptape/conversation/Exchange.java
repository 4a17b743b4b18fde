package io.qmptape.conversation;

import io.qmptape.protocol.Message;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command with its reply.
 *
 * @param command the frame that asked; noise and unrecognized input that QEMU answers count too
 * @param reply empty if none was recorded
 */
public record Exchange(FrameRecorded command, String name, Optional<FrameRecorded> reply) {
    /** Last byte of the reply minus last byte of the command, as seen by the recorder. */
    public Optional<Duration> latency() {
        return reply.map(answer -> Duration.ofNanos(
                answer.frame().completedAtNanos() - command.frame().completedAtNanos()));
    }

    /** All exchanges of a session, in the order of their commands. */
    public static List<Exchange> of(List<FrameRecorded> frames) {
        Pairing pairing = new Pairing();
        Map<Long, FrameRecorded> replies = new HashMap<>();
        List<Exchange> open = new ArrayList<>();
        for (FrameRecorded recorded : frames) {
            Message message = recorded.read();
            pairing.accept(recorded.frame(), message).ifPresent(asked -> replies.put(asked.sequence(), recorded));
            if (message instanceof Message.Command command) {
                open.add(new Exchange(recorded, command.name(), Optional.empty()));
            }
        }
        return open.stream()
                .map(asked -> new Exchange(
                        asked.command(),
                        asked.name(),
                        Optional.ofNullable(replies.get(asked.command().sequence()))))
                .toList();
    }
}
