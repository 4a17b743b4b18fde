package io.qmptape.conversation;

import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Frame;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Finds for each reply the command that it answers. A reply with an id answers the oldest open command with that id, one
 * without an id the oldest open command without one; a parse error answers the oldest open noise. That is right with
 * out-of-band commands too, which may be answered before older ones. Fed with the frames of one session in their order;
 * one thread. At most {@value #MAX_OPEN} commands are kept open; older ones then count as never answered.
 */
public final class Pairing {
    static final int MAX_OPEN = 100_000;

    private final Deque<Open> open = new ArrayDeque<>();
    private int forgotten;

    /**
     * Takes the next frame.
     *
     * @param message what the frame holds
     * @return the command that this frame answers; empty if it is no reply, or answers nothing that was seen
     */
    public Optional<Asked> accept(Frame frame, Message message) {
        if (frame.direction() == Direction.CLIENT_TO_SERVER) {
            ask(frame, message);
            return Optional.empty();
        }
        return switch (message.kind()) {
            case SUCCESS, FAILURE -> answer(message);
            default -> Optional.empty();
        };
    }

    /**
     * A command, or noise, that gets an answer.
     *
     * @param command its name; empty for what is no command
     * @param sentAtNanos when its last byte was read
     */
    public record Asked(long sequence, String command, long sentAtNanos) {}

    private record Open(Asked asked, Optional<Json> id, boolean isNoise) {
        boolean isAnsweredBy(Message reply) {
            boolean answersNoise = reply instanceof Message.Failure failure && failure.answersNoise();
            if (isNoise || answersNoise) {
                return isNoise && answersNoise;
            }
            return id.isPresent() == reply.id().isPresent()
                    && id.flatMap(own -> reply.id().filter(own::sameAs)).isPresent() == id.isPresent();
        }
    }

    private void ask(Frame frame, Message message) {
        if (!frame.kind().isAnswered()) {
            return;
        }
        String name = message instanceof Message.Command command ? command.name() : "";
        Asked asked = new Asked(frame.sequence(), name, frame.completedAtNanos());
        open.add(new Open(asked, message.id(), message instanceof Message.Noise));
        if (open.size() > MAX_OPEN) {
            open.remove();
        }
    }

    /** How many commands, and noise, wait for their answers. */
    public int unanswered() {
        return open.size() + forgotten;
    }

    /** Of the answers to come, so many belong to commands that were not seen. */
    public void forgot(int commands) {
        forgotten = commands;
    }

    private Optional<Asked> answer(Message reply) {
        if (forgotten > 0 && (reply.id().isEmpty() || open.stream().noneMatch(one -> one.isAnsweredBy(reply)))) {
            forgotten--;
            return Optional.empty();
        }
        for (Iterator<Open> all = open.iterator(); all.hasNext(); ) {
            Open candidate = all.next();
            if (candidate.isAnsweredBy(reply)) {
                all.remove();
                return Optional.of(candidate.asked());
            }
        }
        return Optional.empty();
    }
}
