package io.qmptape.store.foreign;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.Direction;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.JsonReader;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.foreign.Lines.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What QEMU's trace backend "log" prints of a monitor. Commands are in {@code handle_qmp_command}, printed anew by QEMU;
 * replies, events and greetings in {@code monitor_qmp_respond}, which takes many lines with pretty=on. Times are there
 * with {@code -msg timestamp=on}. Not in it: what QEMU could not parse, descriptors, and when a client left; so a
 * session ends where the next greeting of its monitor comes.
 */
final class TraceReader implements ForeignReader {
    /** Before any brace: a message may hold what looks like an entry. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[^{\\n]*?(?:@(\\d{1,12})\\.(\\d{6}):)?(handle_qmp_command|monitor_qmp_respond) mon (\\S+) (?:req|resp): ");

    private static final Pattern DISPATCHED = Pattern.compile("monitor_qmp_cmd_(in_band|out_of_band) ");
    private static final Pattern UNPARSED = Pattern.compile("monitor_qmp_err_in_band ");
    private static final int MAX_LINES = 1_000_000;

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
        private final Map<String, Conversation> monitors = new HashMap<>();
        /** Commands whose dispatch is still to come. */
        private long undispatched;

        Reading(Lines lines, ForeignSessions sessions) {
            this.lines = lines;
            this.sessions = sessions;
        }

        void line(Line line) throws IOException {
            String text = line.text();
            Matcher entry = ENTRY.matcher(text);
            if (entry.find()) {
                entry(line, entry);
            } else if (DISPATCHED.matcher(text).find()) {
                dispatched(line);
            } else if (UNPARSED.matcher(text).find()) {
                sessions.misunderstood(line, "the client sent what QEMU could not parse; a trace does not hold it");
            } else {
                sessions.passOver();
            }
        }

        private void dispatched(Line line) {
            if (undispatched == 0) {
                sessions.misunderstood(
                        line, "its command is not in the trace: that takes -trace handle_qmp_command too");
            } else {
                undispatched--;
                sessions.passOver();
            }
        }

        private void entry(Line line, Matcher entry) throws IOException {
            boolean isCommand = entry.group(3).equals("handle_qmp_command");
            Direction direction = isCommand ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
            OptionalLong time = entry.group(1) == null
                    ? OptionalLong.empty()
                    : EpochNanos.of(Long.parseLong(entry.group(1)), Long.parseLong(entry.group(2)) * 1000);
            Bytes bytes = whole(line.bytes().from(entry.end()), direction);
            Conversation monitor = monitors.computeIfAbsent(entry.group(4), name -> new Conversation(sessions));
            undispatched += isCommand ? 1 : 0;
            Optional<Json> json = sessions.message(line, direction, bytes);
            if (json.isEmpty()) {
                return;
            }
            if (monitor.isOpen() || !isEvent(direction, json.get())) {
                monitor.say(direction, time, bytes, json.get());
            } else {
                // QEMU traces events when nobody listens, too
                sessions.passOver();
            }
        }

        private static boolean isEvent(Direction direction, Json json) {
            return Message.of(direction, Optional.of(json)).kind() == MessageKind.EVENT;
        }

        /** The lines up to the one that begins with the bracket of the first, if the first opens one and no more. */
        private Bytes whole(Bytes first, Direction direction) throws IOException {
            boolean isWhole =
                    first.length() > 1 && JsonReader.read(first, direction).isPresent();
            if (isWhole || !first.text().strip().equals("{")) {
                return first;
            }
            List<Bytes> parts = new ArrayList<>(List.of(first));
            long length = 0;
            for (Optional<Line> next = lines.peek(); next.isPresent(); next = lines.peek()) {
                if (ENTRY.matcher(next.get().text()).find() || parts.size() > MAX_LINES || length > Lines.MAX_BYTES) {
                    break;
                }
                lines.next();
                parts.add(Bytes.utf8("\n"));
                parts.add(next.get().bytes());
                length += next.get().bytes().length();
                if (next.get().text().stripTrailing().equals("}")) {
                    break;
                }
            }
            return Bytes.join(parts);
        }
    }
}
