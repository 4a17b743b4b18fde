package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import io.qmptape.protocol.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** What a client sent and has no answer to, oldest first. Bounded: it forgets the oldest, and then knows that it did. */
final class PendingCommands {
    static final int MAX = 10_000;
    static final int MAX_ID_BYTES = 4 << 20;
    private static final String PARSE_ERROR_2_1 = "Invalid JSON syntax";

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private int idBytes;
    private boolean hasForgotten;

    /**
     * @param command what it executes; empty if that is no string
     * @param isNoise whether it is answered by a parse error, which never carries an id
     */
    record Pending(Optional<Json> id, String command, boolean isNoise) {
        int idBytes() {
            return id.map(value -> value.span().end() - value.span().start()).orElse(0);
        }
    }

    void add(Message message) {
        String command = message instanceof Message.Command sent ? sent.name() : "";
        Pending pending = new Pending(message.id(), command, message instanceof Message.Noise);
        waiting.add(pending);
        idBytes += pending.idBytes();
        while (waiting.size() > MAX || idBytes > MAX_ID_BYTES) {
            idBytes -= waiting.remove().idBytes();
            hasForgotten = true;
        }
    }

    /** Takes out what the reply answers. */
    Optional<Pending> answeredBy(Message reply) {
        Optional<Json> id = reply.id();
        if (id.isPresent()) {
            return take(pending -> pending.id().filter(id.get()::sameAs).isPresent());
        }
        if (!(reply instanceof Message.Failure failure)) {
            return take(pending -> pending.id().isEmpty() && !pending.isNoise());
        }
        if (failure.answersNoise() || failure.description().equals(PARSE_ERROR_2_1)) {
            return take(Pending::isNoise);
        }
        // QEMU 2.1 answers a command of the wrong shape without its id: then it is the oldest one, of whatever id.
        return take(pending -> pending.id().isEmpty() && !pending.isNoise())
                .or(() -> take(pending -> !pending.isNoise()));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether a reply that fits nothing may belong to what was dropped. */
    boolean hasForgotten() {
        return hasForgotten;
    }

    private Optional<Pending> take(Predicate<Pending> wanted) {
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending pending = each.next();
            if (wanted.test(pending)) {
                each.remove();
                idBytes -= pending.idBytes();
                return Optional.of(pending);
            }
        }
        return Optional.empty();
    }
}
