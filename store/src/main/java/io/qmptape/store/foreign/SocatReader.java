package io.qmptape.store.foreign;

import io.qmptape.protocol.Direction;
import io.qmptape.store.foreign.SocatBlocks.Block;
import io.qmptape.traffic.CloseCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code socat -v} writes on stderr. Times are local. What cannot be printed is a dot in it, so letters beyond ASCII
 * are lost. Which side is QEMU shows by its greeting; where there is none among the first reads, it is socat's second
 * address. A read from the beginning of its stream begins a session; of several clients at once nothing can be made.
 */
final class SocatReader implements ForeignReader {
    private static final Pattern ANY_BLOCK = Pattern.compile("^" + SocatBlocks.HEAD.pattern(), Pattern.MULTILINE);

    @Override
    public boolean recognises(String head) {
        return ANY_BLOCK.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        SocatBlocks blocks = new SocatBlocks(lines, sessions);
        Reading reading = new Reading(sessions);
        for (Optional<Block> block = blocks.next(); block.isPresent(); block = blocks.next()) {
            reading.block(block.get());
        }
        reading.end();
    }

    private static final class Reading {
        private static final int MAX_WAITING = 64;
        private static final Pattern GREETING = Pattern.compile("^\\s*\\{\\s*\"QMP\"");

        private final ForeignSessions sessions;
        /** The first blocks of a session, until it is known whose they are. */
        private final List<Block> waiting = new ArrayList<>();

        private @Nullable ForeignSession current;
        private boolean isServerOnTheRight = true;
        private boolean hasRightward;
        private boolean hasLeftward;

        Reading(ForeignSessions sessions) {
            this.sessions = sessions;
        }

        void block(Block block) {
            boolean isAnew = block.from() == 0 && (block.isRightward() ? hasRightward : hasLeftward);
            if (isAnew) {
                end();
            }
            hasRightward |= block.isRightward();
            hasLeftward |= !block.isRightward();
            if (current != null) {
                pass(block);
                return;
            }
            waiting.add(block);
            boolean isGreeting = GREETING.matcher(block.bytes().text()).find();
            if (isGreeting) {
                isServerOnTheRight = !block.isRightward();
            }
            if (isGreeting || waiting.size() >= MAX_WAITING) {
                begin();
            }
        }

        void end() {
            begin();
            if (current != null) {
                sessions.close(current, CloseCause.UNKNOWN);
            }
            current = null;
            hasRightward = false;
            hasLeftward = false;
        }

        private void begin() {
            waiting.forEach(this::pass);
            waiting.clear();
        }

        private void pass(Block block) {
            if (current == null) {
                current = sessions.openAt(block.atNanos().orElse(0), ForeignSessions.UNKNOWN);
            }
            boolean isFromClient = block.isRightward() == isServerOnTheRight;
            Direction direction = isFromClient ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
            current.read(direction, block.atNanos().orElse(current.next()), block.bytes(), 0);
        }
    }
}
