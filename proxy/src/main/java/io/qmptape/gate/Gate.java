package io.qmptape.gate;

import io.qmptape.gate.HeldFrame.Attached;
import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Delimited;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.FrameSplitter;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import io.qmptape.traffic.Peer;
import io.qmptape.transport.Descriptors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stands on the way of one session and lets a client's messages go on whole: those that it may send, once they are on the
 * tape where that is asked for. What is denied is answered here, in the place of the server's answer.
 *
 * <pre>
 *   client --take--> splitter --> frames --pass--> server
 *                                   | denied
 *   client <-------- answers <------+------------- server
 * </pre>
 *
 * Where not all is admitted, nothing goes on that is no command, or cannot be understood: what is not read here as the
 * server reads it could be another command there. A state machine without clock or socket; one thread.
 */
public final class Gate {
    private static final Set<String> MEMBERS = Set.of("execute", "exec-oob", "arguments", "id");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    /** So many messages, or bytes of whole messages, wait here before no more is read. */
    private static final int MAX_FRAMES = 1024;

    private static final int MAX_BYTES = 1 << 20;

    private final Control control;
    private final Peer client;
    private final Ways ways;
    private final Answers answers;
    private final FrameSplitter splitter = new FrameSplitter(Direction.CLIENT_TO_SERVER);
    private final Deque<HeldFrame> frames = new ArrayDeque<>();
    /** Of the frame that is open, by how many bytes the client had sent before them. */
    private final Deque<Arrived> arrived = new ArrayDeque<>();

    private long seenBytes;
    private long framedBytes;
    private long recordedBytes;
    private long heldBytes;
    /** Of the frame that is open, the blanks that went on already. */
    private int blanksPassed;

    private Optional<Runnable> whenPassed = Optional.empty();

    private record Arrived(long at, Descriptors descriptors) {}

    public Gate(Control control, Peer client, Ways ways) {
        this.control = control;
        this.client = client;
        this.ways = ways;
        this.answers = new Answers(ways);
        this.recordedBytes = control.isRecordedFirst() ? 0 : Long.MAX_VALUE;
    }

    /** What the client has sent. Takes the descriptors over; {@link #pass} lets go on what may. */
    public void take(Bytes bytes, Descriptors descriptors, long atNanos) {
        if (!descriptors.isEmpty()) {
            arrived.add(new Arrived(seenBytes, descriptors.moved()));
        }
        seenBytes += bytes.length();
        splitter.accept(bytes, atNanos, descriptors.kinds(), this::cut);
    }

    /** @param atNanos the time of what is answered here */
    public void pass(long atNanos) {
        while (!frames.isEmpty() && frames.element().end() <= recordedBytes) {
            HeldFrame frame = frames.remove();
            heldBytes -= frame.bytes().length();
            if (frame.deniedBy().isPresent()) {
                frame.discard();
                answers.deny(frame);
            } else {
                frame.passTo(ways);
                control.admission().ifPresent(admission -> answers.expect(frame));
            }
        }
        answers.giveDue(atNanos);
        if (frames.isEmpty()) {
            passBlanks();
            whenPassed.ifPresent(Runnable::run);
            whenPassed = Optional.empty();
        }
    }

    /** So many of the client's bytes are on the tape. {@link #pass} lets go on what may. */
    public void recorded(long bytes) {
        recordedBytes = Math.max(recordedBytes, bytes);
    }

    /** What the server has sent goes on to the client, and between its messages what is answered here. */
    public void answer(Bytes bytes, Descriptors descriptors, long atNanos) {
        if (control.admission().isPresent()) {
            answers.follow(bytes, descriptors, atNanos);
        } else {
            ways.toClient(bytes, descriptors, atNanos);
        }
    }

    /** The client sends no more. @param then run by {@link #pass} when all has gone on that may */
    public void finish(Runnable then) {
        splitter.finish(this::cut);
        whenPassed = Optional.of(then);
    }

    /** Whether no more should be read from the client: enough of it waits, for the tape or for answers. */
    public boolean isFull() {
        return frames.size() >= MAX_FRAMES || heldBytes >= MAX_BYTES || answers.count() >= MAX_FRAMES;
    }

    /** Whether something waits for the tape. */
    public boolean isHolding() {
        return !frames.isEmpty();
    }

    /** Nothing goes on any more. */
    public void discard() {
        frames.forEach(HeldFrame::discard);
        frames.clear();
        arrived.forEach(one -> one.descriptors().close());
        arrived.clear();
        whenPassed = Optional.empty();
    }

    /** The line end behind a command is nothing that has to be recorded, and there are servers that wait for it. */
    private void passBlanks() {
        if (arrived.isEmpty() && splitter.isBetweenFrames()) {
            Bytes blanks = splitter.rest();
            ways.toServer(blanks.from(blanksPassed), Descriptors.none());
            blanksPassed = blanks.length();
        }
    }

    private void cut(Delimited cut) {
        long begin = framedBytes + blanksPassed;
        Bytes left = cut.bytes().from(blanksPassed);
        blanksPassed = 0;
        framedBytes += cut.bytes().length();
        heldBytes += left.length();
        Message message = Message.of(Direction.CLIENT_TO_SERVER, cut.json());
        Optional<String> deniedBy = control.admission().flatMap(admission -> denial(admission, message));
        deniedBy.ifPresent(rule -> ways.denied(framedBytes, rule));
        frames.add(new HeldFrame(cut.kind(), left, message, framedBytes, deniedBy, attached(begin)));
    }

    private Optional<String> denial(Admission admission, Message message) {
        if (!(message instanceof Message.Command command) || command.name().isEmpty()) {
            return Optional.of("no command");
        } else if (!isUnderstoodByAll(command)) {
            return Optional.of("a command that servers may take in more than one way");
        } else if (command.isOutOfBand() && command.id().isEmpty()) {
            return Optional.of("exec-oob needs an id, or its reply could not be told from others");
        }
        return admission.denies(command, client);
    }

    /** An old QEMU ends a name at U+0000, and one release reads a member more, control. */
    private static boolean isUnderstoodByAll(Message.Command command) {
        return command.json().members().stream().map(Json.Member::name).allMatch(MEMBERS::contains)
                && (command.isOutOfBand() || command.json().get("exec-oob").isEmpty())
                && PLAIN_NAME.matcher(command.name()).matches();
    }

    private List<Attached> attached(long begin) {
        List<Attached> own = new ArrayList<>();
        while (!arrived.isEmpty() && arrived.element().at() < framedBytes) {
            Arrived one = arrived.remove();
            own.add(new Attached((int) (one.at() - begin), one.descriptors()));
        }
        return own;
    }
}
