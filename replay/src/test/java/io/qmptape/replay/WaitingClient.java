package io.qmptape.replay;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Message;
import java.util.ArrayList;
import java.util.List;

/** Test kit: a client that does not pipeline. It sends one message, then waits for one reply and the end of its line. */
final class WaitingClient {
    private final Conversation conversation;
    private final FrameSplitter answers = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private int replies;

    WaitingClient(Script script) {
        this.conversation = new Conversation(script);
    }

    Conversation conversation() {
        return conversation;
    }

    /**
     * Sends all messages, then leaves.
     *
     * @return false if it would wait for ever
     */
    boolean talk(List<Delimited> messages) {
        conversation.connect();
        for (Bytes message : answered(messages)) {
            int before = replies;
            // a line end completes what only the next byte would
            Bytes said = conversation.send(Bytes.join(List.of(message, Bytes.utf8("\n"))));
            count(said);
            if (replies == before || !said.text().endsWith("\n")) {
                return false;
            }
        }
        conversation.leave();
        return true;
    }

    /** What is skipped after noise gets no answer to wait for: it goes with its noise. */
    private static List<Bytes> answered(List<Delimited> messages) {
        List<Bytes> all = new ArrayList<>();
        for (Delimited message : messages) {
            if (message.kind() == FrameKind.SKIPPED) {
                all.add(Bytes.join(List.of(all.remove(all.size() - 1), message.bytes())));
            } else {
                all.add(message.bytes());
            }
        }
        return all;
    }

    private void count(Bytes said) {
        List<Delimited> frames = new ArrayList<>();
        answers.accept(said, 0, List.of(), frames::add);
        for (Delimited frame : frames) {
            Message message = Message.of(Direction.SERVER_TO_CLIENT, frame.json());
            replies += message instanceof Message.Success || message instanceof Message.Failure ? 1 : 0;
        }
    }
}
