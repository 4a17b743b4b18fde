package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.store.foreign.Lines.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a {@code socat -v} dump: a line with time and length, then that many bytes, which may end in the middle
 * of a line, where the next block begins. The fraction of a second counts microseconds; some versions write it with nine
 * digits all the same.
 */
final class SocatBlocks {
    static final Pattern HEAD = Pattern.compile("([<>]) (\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d)\\.(\\d{6,9}) +"
            + "length=(\\d{1,9}) from=(\\d{1,18}) to=\\d+$");
    /** socat's own messages stand among them. */
    private static final Pattern NOTICE =
            Pattern.compile("^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d socat\\[\\d+\\] ");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");
    private static final int MILLION = 1_000_000;
    private static final String ESCAPES = "abtnvfr\\0\"";
    private static final byte[] ESCAPED = {7, 8, 9, 10, 11, 12, 13, '\\', 0, '"'};

    private final Lines lines;
    private final ForeignSessions sessions;
    /** A line that the data of the last block did not use up, and from where. */
    private @Nullable Line rest;

    private int restFrom;

    SocatBlocks(Lines lines, ForeignSessions sessions) {
        this.lines = lines;
        this.sessions = sessions;
    }

    /**
     * @param isRightward from socat's first address to its second
     * @param from the place of its first byte in its stream
     */
    record Block(boolean isRightward, OptionalLong atNanos, long from, Bytes bytes) {}

    Optional<Block> next() throws IOException {
        for (Optional<Line> line = line(); line.isPresent(); line = line()) {
            Matcher head = HEAD.matcher(line.get().text());
            head.region(restFrom, line.get().bytes().length());
            restFrom = 0;
            if (head.lookingAt()) {
                return Optional.of(block(line.get(), head));
            } else if (line.get().isBlank() || NOTICE.matcher(line.get().text()).find()) {
                sessions.passOver();
            } else {
                sessions.misunderstood(line.get(), "it is no block of socat -v, and belongs to none");
            }
        }
        return Optional.empty();
    }

    private Optional<Line> line() throws IOException {
        Line kept = rest;
        rest = null;
        return kept != null ? Optional.of(kept) : lines.next();
    }

    private Block block(Line line, Matcher head) throws IOException {
        int length = Integer.parseInt(head.group(4));
        Bytes bytes = data(length);
        if (bytes.length() < length) {
            sessions.misunderstood(line, "its block ends before its length");
        }
        boolean isRightward = head.group(1).equals(">");
        return new Block(isRightward, time(head.group(2), head.group(3)), Long.parseLong(head.group(5)), bytes);
    }

    private static OptionalLong time(String seconds, String fraction) {
        try {
            long number = Long.parseLong(fraction);
            long nanos = number < MILLION ? number * 1000 : number;
            return EpochNanos.of(LocalDateTime.parse(seconds, STAMP)
                    .atZone(ZoneId.systemDefault())
                    .toInstant()
                    .plusNanos(nanos));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private Bytes data(int length) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (data.size() < length) {
            Optional<Line> line = lines.peek();
            if (line.isEmpty() || HEAD.matcher(line.get().text()).lookingAt()) {
                break;
            }
            lines.next();
            int used = unescape(line.get().bytes(), length, data);
            if (used < line.get().bytes().length()) {
                rest = line.get();
                restFrom = used;
            } else if (data.size() < length && line.get().hasEnd()) {
                data.write('\n');
            }
        }
        return Bytes.lend(data.toByteArray());
    }

    /** @return how much of the line it took */
    private static int unescape(Bytes line, int length, ByteArrayOutputStream data) {
        int at = 0;
        while (at < line.length() && data.size() < length) {
            int escape = line.at(at) == '\\' && at + 1 < line.length() ? ESCAPES.indexOf(line.at(at + 1)) : -1;
            data.write(escape < 0 ? line.at(at) : ESCAPED[escape]);
            at += escape < 0 ? 1 : 2;
        }
        return at;
    }
}
