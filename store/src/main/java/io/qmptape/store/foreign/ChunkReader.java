package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.ClockPair;
import io.qmptape.traffic.CloseCause;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads as they came, a JSON object a line. {@code {"t","wall","dir":"open","connect"}} begins a session, {@code
 * {"t","dir","data","fds"}} is one read with its bytes in base64, {@code {"t","dir","eof":true}} its direction's end.
 * {@code t} is monotonic nanoseconds, {@code wall} seconds since 1970, {@code fds} how many descriptors came.
 */
final class ChunkReader implements ForeignReader {
    private static final Pattern FIRST =
            Pattern.compile("\\A\\s*\\{[^\\n]*\"dir\"\\s*:\\s*\"(open\"|(c2s|s2c)\"[^\\n]*\"data\"\\s*:\\s*\")");
    /** What one read of QEMU takes. */
    private static final int MAX_DESCRIPTORS = 16;

    @Override
    public boolean recognises(String head) {
        return FIRST.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        Reading reading = new Reading(sessions);
        JsonLine.each(lines, sessions, reading::line);
        reading.end();
    }

    private static final class Reading {
        private final ForeignSessions sessions;
        private @Nullable ForeignSession current;
        private @Nullable Direction endedFirst;

        Reading(ForeignSessions sessions) {
            this.sessions = sessions;
        }

        void line(JsonLine line) {
            OptionalLong at = line.whole("t");
            String word = line.text("dir").orElse("");
            if (at.isEmpty()) {
                sessions.misunderstood(line.line(), "'t', the time in nanoseconds, is missing or no whole number");
            } else if (word.equals("open")) {
                end();
                current = sessions.open(
                        new ClockPair(at.getAsLong(), wall(line), ""),
                        line.text("connect").orElse(ForeignSessions.UNKNOWN));
            } else if (word.equals("c2s") || word.equals("s2c")) {
                passed(line, Direction.ofWord(word), at.getAsLong());
            } else {
                sessions.misunderstood(line.line(), "'dir' is none of open, c2s and s2c");
            }
        }

        private static Instant wall(JsonLine line) {
            try {
                BigDecimal seconds = new BigDecimal(line.number("wall").orElse("0"));
                long whole = seconds.longValue();
                BigDecimal rest = seconds.subtract(BigDecimal.valueOf(whole));
                OptionalLong nanos = EpochNanos.of(whole, rest.movePointRight(9).longValue());
                return nanos.isPresent() ? Instant.ofEpochSecond(0, nanos.getAsLong()) : Instant.EPOCH;
            } catch (NumberFormatException e) {
                return Instant.EPOCH;
            }
        }

        private void passed(JsonLine line, Direction direction, long at) {
            Optional<Bytes> bytes = line.base64("data");
            if (bytes.isPresent()) {
                session(at).read(direction, at, bytes.get(), descriptors(line));
            } else if (line.has("eof")) {
                session(at).halfClose(direction, at);
                endedFirst = endedFirst == null ? direction : endedFirst;
            } else {
                sessions.misunderstood(line.line(), "'data' is missing or no base64");
            }
        }

        private static int descriptors(JsonLine line) {
            return (int) Math.min(MAX_DESCRIPTORS, Math.max(0, line.whole("fds").orElse(0)));
        }

        private ForeignSession session(long at) {
            if (current == null) {
                current = sessions.open(new ClockPair(at, Instant.EPOCH, ""), ForeignSessions.UNKNOWN);
            }
            return current;
        }

        /** Who ends first is who left. */
        void end() {
            if (current != null) {
                sessions.close(current, cause());
            }
            current = null;
            endedFirst = null;
        }

        private CloseCause cause() {
            if (endedFirst == null) {
                return CloseCause.UNKNOWN;
            }
            return endedFirst == Direction.CLIENT_TO_SERVER ? CloseCause.CLIENT_LEFT : CloseCause.SERVER_LEFT;
        }
    }
}
