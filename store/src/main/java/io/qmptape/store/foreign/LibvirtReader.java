package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.store.foreign.Lines.Line;
import io.qmptape.traffic.CloseCause;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * libvirtd's log with messages of {@code qemu.qemu_monitor}, at level info or debug. A monitor is told by its address in
 * libvirtd's memory; greetings are in it at level debug only, and a log may begin in the middle of a session. What a line
 * has before its {@code QEMU_MONITOR_…} may be anything; a time there is taken over.
 */
final class LibvirtReader implements ForeignReader {
    /** Before any brace: a message may hold what looks like an entry. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[^{\\n]*?QEMU_MONITOR_(NEW|CLOSE|SEND_MSG|RECV_REPLY|RECV_EVENT): mon=(\\S+) ?(?:(?:msg|reply|event)=)?");
    /** Told of every line that comes, by nobody's name; only of the greeting there is nothing else. */
    private static final Pattern GREETING = Pattern.compile("Line \\[(\\{\\s*\"QMP\"\\s*:.*\\})\\]$");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4}");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxx");
    private static final Pattern DESCRIPTOR = Pattern.compile("\\s+fd=(-?\\d+)\\s*$");

    @Override
    public boolean recognises(String head) {
        return ENTRY.matcher(head).find();
    }

    @Override
    public void read(Lines lines, ForeignSessions sessions) throws IOException {
        lines.each(new Reading(lines, sessions)::line);
        sessions.end();
    }

    private static final class Reading {
        private final Lines lines;
        private final ForeignSessions sessions;
        private final Map<String, ForeignSession> monitors = new HashMap<>();
        private @Nullable ForeignSession ungreeted;
        private long now;

        Reading(Lines lines, ForeignSessions sessions) {
            this.lines = lines;
            this.sessions = sessions;
        }

        void line(Line line) throws IOException {
            String text = line.text();
            Matcher entry = ENTRY.matcher(text);
            Matcher greeting = GREETING.matcher(text);
            Matcher time = TIME.matcher(text);
            if (time.find()) {
                now = EpochNanos.parse(time.group(), STAMP).orElse(now);
            }
            if (entry.find()) {
                entry(line, entry);
            } else if (greeting.find() && ungreeted != null) {
                greeting(line, ungreeted, line.bytes().slice(greeting.start(1), greeting.end(1)));
            } else {
                sessions.passOver();
            }
        }

        private void greeting(Line line, ForeignSession session, Bytes bytes) {
            sessions.message(line, Direction.SERVER_TO_CLIENT, bytes)
                    .ifPresent(json -> session.say(Direction.SERVER_TO_CLIENT, now, bytes));
            ungreeted = null;
        }

        private void entry(Line line, Matcher entry) throws IOException {
            String monitor = entry.group(2);
            switch (entry.group(1)) {
                case "NEW" -> {
                    close(monitor, CloseCause.UNKNOWN);
                    ungreeted = session(monitor);
                }
                case "CLOSE" -> close(monitor, CloseCause.CLIENT_LEFT);
                case "SEND_MSG" -> sent(line, entry.end(), monitor);
                default -> received(line, entry.end(), monitor);
            }
        }

        /** What is sent has its line end in it, so that the number of a descriptor stands on a line of its own. */
        private void sent(Line line, int start, String monitor) throws IOException {
            Matcher here = DESCRIPTOR.matcher(line.text());
            boolean isHere = here.find(start);
            Bytes bytes = trimmed(line.bytes()
                    .slice(start, isHere ? here.start() : line.bytes().length()));
            Matcher descriptor = isHere
                    ? here
                    : DESCRIPTOR.matcher(lines.peek().map(Line::text).orElse(""));
            boolean isKnown = isHere || descriptor.lookingAt();
            if (isKnown && !isHere) {
                lines.next();
            }
            int descriptors = isKnown && !descriptor.group(1).startsWith("-") ? 1 : 0;
            sessions.message(line, Direction.CLIENT_TO_SERVER, bytes)
                    .ifPresent(json -> session(monitor).say(Direction.CLIENT_TO_SERVER, now, bytes, descriptors));
        }

        private void received(Line line, int start, String monitor) {
            Bytes bytes = trimmed(line.bytes().from(start));
            sessions.message(line, Direction.SERVER_TO_CLIENT, bytes)
                    .ifPresent(json -> session(monitor).say(Direction.SERVER_TO_CLIENT, now, bytes));
        }

        private ForeignSession session(String monitor) {
            return monitors.computeIfAbsent(monitor, name -> sessions.openAt(now, "monitor " + name));
        }

        private void close(String monitor, CloseCause cause) {
            ForeignSession session = monitors.remove(monitor);
            if (session != null) {
                sessions.close(session, cause);
            }
        }

        private static Bytes trimmed(Bytes bytes) {
            int end = bytes.length();
            while (end > 0 && bytes.at(end - 1) == '\r') {
                end--;
            }
            return bytes.slice(0, end);
        }
    }
}
