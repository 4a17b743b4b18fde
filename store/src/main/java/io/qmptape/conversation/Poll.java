package io.qmptape.conversation;

import io.qmptape.catalog.Finding;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.store.Masked;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command that only reads, and its success.
 *
 * @param question equal for commands that differ in nothing but their id
 * @param state equal for answers that tell the same: see {@link Answer}; what is masked and what the validator said
 *     belong to it
 * @param moving the values of the answer that may move
 */
record Poll(Asking asking, FrameRecorded reply, String question, String state, List<Answer.Leaf> moving) {
    /** A command that may become a poll. */
    record Asking(FrameRecorded recorded, Message.Command command) {
        String arguments() {
            return command.arguments()
                    .map(value -> recorded.frame().bytes().slice(value.span()).text())
                    .orElse("");
        }

        private String question() {
            Bytes bytes = recorded.frame().bytes();
            StringBuilder text = new StringBuilder();
            for (Json.Member member : command.json().members()) {
                if (!member.name().equals("id")) {
                    text.append(bytes.slice(member.nameSpan()).text())
                            .append(bytes.slice(member.value().span()).text())
                            .append('\n');
                }
            }
            return text.toString();
        }
    }

    static Poll of(Asking asking, FrameRecorded reply, Message.Success success) {
        Answer answer = Answer.of(asking.command().name(), success);
        String state = answer.state() + remarks(asking.recorded()) + remarks(reply);
        return new Poll(asking, reply, asking.question(), state, answer.moving());
    }

    long askedAtNanos() {
        return asking.recorded().frame().completedAtNanos();
    }

    long latencyNanos() {
        return reply.frame().completedAtNanos() - askedAtNanos();
    }

    List<Finding> hints() {
        return Stream.of(asking.recorded(), reply)
                .flatMap(recorded -> recorded.findings().stream())
                .toList();
    }

    private static String remarks(FrameRecorded recorded) {
        if (recorded.masked().isEmpty() && recorded.findings().isEmpty()) {
            return "";
        }
        List<String> masked = recorded.masked().stream().map(Masked::path).toList();
        return masked + " " + recorded.findings();
    }
}
