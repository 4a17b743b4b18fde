package io.qmptape.gate;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameKind;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.QemuPrinter;
import io.qmptape.protocol.Span;
import io.qmptape.transport.Descriptors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What comes back to the client: the server's messages, and between them an error for each message that was denied, in the
 * place where the server would have answered. In-band commands are answered in their order; out of band at once.
 */
final class Answers {
    private static final Bytes LINE_END = Bytes.utf8("\r\n");
    private static final Span NOWHERE = new Span(0, 0);

    private final Ways ways;
    private final FrameSplitter server = new FrameSplitter(Direction.SERVER_TO_CLIENT);
    private final Deque<Due> inBand = new ArrayDeque<>();
    /** The ids of commands that went on out of band. */
    private final List<Json> outOfBand = new ArrayList<>();

    private final Deque<Bytes> atOnce = new ArrayDeque<>();
    /** So it was before the first message too: servers without a greeting may have said nothing yet. */
    private boolean isLineOver = true;

    /** The answer to one in-band message. */
    private sealed interface Due {
        /** It will come from the server. */
        record Theirs() implements Due {}

        record Ours(Bytes error) implements Due {}
    }

    Answers(Ways ways) {
        this.ways = ways;
    }

    /** How many are due. */
    int count() {
        return inBand.size() + outOfBand.size() + atOnce.size();
    }

    /** This one went on. */
    void expect(HeldFrame frame) {
        Optional<Json> id = frame.message().id();
        if (frame.isOutOfBand() && id.isPresent()) {
            outOfBand.add(id.get());
        } else if (frame.kind().isAnswered()) {
            inBand.add(new Due.Theirs());
        }
    }

    /** This one did not. What a server passes over without a word is denied so too. */
    void deny(HeldFrame frame) {
        if (!frame.kind().isAnswered()) {
            return;
        }
        Bytes error = error(frame);
        if (frame.isOutOfBand()) {
            atOnce.add(error);
        } else {
            inBand.add(new Due.Ours(error));
        }
    }

    /** What the server has sent. Pieces end with lines, for only there may something stand between its messages. */
    void follow(Bytes bytes, Descriptors descriptors, long atNanos) {
        Descriptors first = descriptors;
        for (int from = 0; from < bytes.length(); ) {
            int end = hasOurs() ? lineEnd(bytes, from) : bytes.length();
            Bytes piece = bytes.slice(from, end);
            server.accept(piece, atNanos, List.of(), this::answered);
            ways.toClient(piece, first, atNanos);
            isLineOver = piece.at(piece.length() - 1) == '\n';
            first = Descriptors.none();
            from = end;
            giveDue(atNanos);
        }
    }

    /** Gives those of ours that are due, if the server is not in the middle of a message. */
    void giveDue(long atNanos) {
        if (!isLineOver || !server.isBetweenFrames()) {
            return;
        }
        while (!atOnce.isEmpty()) {
            ways.toClient(atOnce.remove(), Descriptors.none(), atNanos);
        }
        while (inBand.peek() instanceof Due.Ours ours) {
            inBand.remove();
            ways.toClient(ours.error(), Descriptors.none(), atNanos);
        }
    }

    private boolean hasOurs() {
        return !atOnce.isEmpty() || inBand.stream().anyMatch(Due.Ours.class::isInstance);
    }

    private void answered(Delimited cut) {
        Message message = Message.of(Direction.SERVER_TO_CLIENT, cut.json());
        if (message instanceof Message.Success || message instanceof Message.Failure) {
            Optional<Json> id = message.id();
            boolean isOutOfBand = id.isPresent() && removeOne(id.get());
            if (!isOutOfBand && inBand.peek() instanceof Due.Theirs) {
                inBand.remove();
            }
        }
    }

    private boolean removeOne(Json id) {
        for (int i = 0; i < outOfBand.size(); i++) {
            if (outOfBand.get(i).sameAs(id)) {
                outOfBand.remove(i);
                return true;
            }
        }
        return false;
    }

    private static int lineEnd(Bytes bytes, int from) {
        int end = from;
        while (end < bytes.length() && bytes.at(end) != '\n') {
            end++;
        }
        return Math.min(end + 1, bytes.length());
    }

    /** As QEMU sends one, with the id as it prints it. */
    private static Bytes error(HeldFrame frame) {
        String id = frame.message()
                .id()
                .map(json -> "\"id\": " + QemuPrinter.print(json) + ", ")
                .orElse("");
        // who counts answers tells by the first word which one is to what is no JSON
        String what = frame.kind() == FrameKind.NOISE ? "JSON input " : "";
        String text = what + "denied by the policy: " + frame.deniedBy().orElseThrow();
        String desc = QemuPrinter.print(new Json.Str(NOWHERE, text));
        Bytes error = Bytes.utf8("{" + id + "\"error\": {\"class\": \"GenericError\", \"desc\": " + desc + "}}");
        return Bytes.join(List.of(error, LINE_END));
    }
}
